import markdownIt from 'stepglass/markdown-it';

export default {
  title: 'Workflows in VitePress',
  markdown: { config: markdownIt },
  vue: { template: { compilerOptions: { isCustomElement: (tag) => tag.startsWith('stepglass-') } } },
};
