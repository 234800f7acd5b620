// Fenced blocks of ```asl in Markdown become elements, with the definition inside as what a page without scripts shows.
//
// ```asl run=visible view=graph
// {"StartAt": …}
// ```

import { escaped } from '../model/markup.js';

const kAttribute = /^(src|input|input-src|mocks-src|trace-src|format|machine|type|view|views|layout|state|at|run|speed|idle-limit|pause-on|controls|editable|lint|theme|loading|engine|label|heading-level|playground)(?:=(.*))?$/;

interface Fence {
  /** By name; true where it only stands there. */
  attributes: Map<string, string | true>;
  content: string;
}

/** What a fence says; nothing for one of another language. Its words are name, name=value, name="a value". */
function fenceOf(info: string, content: string): Fence | undefined {
  const [, language, rest = ''] = /^(asl(?:\.json|\.yaml)?|stepglass)(?:\s+(.*))?$/.exec(info.trim()) ?? [];
  if (language === undefined) return undefined;
  const attributes = new Map<string, string | true>(language === 'asl.yaml' ? [['format', 'yaml']] : []);
  for (const [word] of rest.matchAll(/[\w-]+(?:=(?:"[^"]*"|'[^']*'|\S*))?/g)) {
    const [, name, value] = kAttribute.exec(word) ?? [];
    if (name !== undefined) attributes.set(name, value === undefined ? true : value.replace(/^(["'])(.*)\1$/s, '$2'));
  }
  return { attributes, content };
}

/** The element for one fence; nothing for a fence of another language. */
export function elementOf(info: string, content: string): string | undefined {
  const fence = fenceOf(info, content);
  if (!fence) return undefined;
  const words = [...fence.attributes].map(([name, value]) => (value === true ? ` ${name}` : ` ${name}="${escaped(value)}"`));
  return `<stepglass-machine${words.join('')}><pre v-pre><code>${escaped(content)}</code></pre></stepglass-machine>\n`;
}

interface MarkdownIt {
  renderer: { rules: { fence?: ((...args: never[]) => string) | undefined } };
}
type FenceRule = (tokens: { info: string; content: string }[], index: number, options: unknown, env: unknown, self: unknown) => string;

/** A plug-in for markdown-it, and so for VitePress. */
export function markdownIt(md: MarkdownIt): void {
  const before = md.renderer.rules.fence as unknown as FenceRule | undefined;
  const fence: FenceRule = (tokens, index, options, env, self) => {
    const token = tokens[index];
    return (token && elementOf(token.info, token.content)) ?? before?.(tokens, index, options, env, self) ?? '';
  };
  md.renderer.rules.fence = fence as unknown as (...args: never[]) => string;
}

interface MarkdownNode {
  type: string;
  lang?: string | null;
  meta?: string | null;
  value?: string;
  name?: string;
  attributes?: unknown[];
  data?: unknown;
  children?: MarkdownNode[];
}

function jsx(name: string, attributes: Map<string, string | true>, children: MarkdownNode[]): MarkdownNode {
  const all = [...attributes].map(([attribute, value]) => ({ type: 'mdxJsxAttribute', name: attribute, value: value === true ? '' : value }));
  // MDX marks so what stands in the page as JSX: other elements are replaced by the site's components.
  return { type: 'mdxJsxFlowElement', name, attributes: all, children, data: { _mdxExplicitJsx: true } };
}

/** The element as MDX takes it, which knows no HTML: written as an author would, so that the site's own looks of code
 *  blocks leave it alone. */
function jsxOf({ attributes, content }: Fence): MarkdownNode {
  // An expression: of plain text the lines would lose their indentation.
  const statement = { type: 'ExpressionStatement', expression: { type: 'Literal', value: content } };
  const text: MarkdownNode = { type: 'mdxTextExpression', value: JSON.stringify(content), data: { estree: { type: 'Program', sourceType: 'module', body: [statement] } } };
  const code = jsx('code', new Map(), [text]);
  return jsx('stepglass-machine', attributes, [jsx('pre', new Map(), [code])]);
}

/** A plug-in for remark, and so for Astro; with `mdx` for all that is compiled as MDX, as Docusaurus does with each page. */
export function remark({ mdx = false }: { mdx?: boolean } = {}): (tree: MarkdownNode) => void {
  const walk = (node: MarkdownNode): void => {
    for (const child of node.children ?? []) {
      const info = `${child.lang ?? ''} ${child.meta ?? ''}`;
      const fence = child.type === 'code' ? fenceOf(info, child.value ?? '') : undefined;
      if (!fence) walk(child);
      else if (mdx) Object.assign(child, jsxOf(fence));
      else Object.assign(child, { type: 'html', value: elementOf(info, fence.content) });
    }
  };
  return walk;
}
