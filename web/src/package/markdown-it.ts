// The plug-in for markdown-it as programs name it that load plug-ins by name.

export { markdownIt as default, markdownIt } from './markdown.js';
