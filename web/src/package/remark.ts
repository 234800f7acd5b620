// The plug-in for remark as programs name it that load plug-ins by name.

export { remark as default, remark } from './markdown.js';
