// Style sheets and markup in templates without the spaces that only their author needs.

import type { Plugin } from 'vite';

export function tightStyles(): Plugin {
  return {
    name: 'stepglass-tight-styles',
    apply: 'build',
    enforce: 'pre',
    transform(code, id) {
      if (!/\/src\/.*\.ts$/.test(id) || !/\b(css|html|svg)`/.test(code)) return undefined;
      // Our sheets hold no strings with several spaces and no expressions.
      // Markup: a line break and what follows it becomes one space, where a tag follows, or an attribute.
      const tight = code.replace(/\n\s+(?=<|[@.?\w-]+=[$"])/g, ' ');
      return { code: tight.replace(/css`([^`$]*)`/g, (_, sheet: string) => `css\`${sheet.replace(/\s+/g, ' ').replace(/ ?([{};,>]) ?/g, '$1').replace(/: /g, ':').replace(/;}/g, '}')}\``), map: null };
    },
  };
}
