import { markdownIt } from 'stepglass/markdown';

export default {
  title: 'Workflows in VitePress',
  markdown: { config: markdownIt },
  vue: { template: { compilerOptions: { isCustomElement: (tag) => tag.startsWith('stepglass-') } } },
};
