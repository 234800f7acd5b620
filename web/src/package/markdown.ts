// Fenced blocks of ```asl in Markdown become elements, with the definition inside as what a page without scripts shows.
//
// ```asl run=visible view=graph
// {"StartAt": …}
// ```

const kAttribute = /^(src|input|input-src|mocks-src|trace-src|format|machine|type|view|views|layout|state|at|run|speed|idle-limit|pause-on|controls|editable|lint|theme|loading|engine|label|playground)(?:=(.*))?$/;

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

/** Words as the info line of a fence has them: name, name=value, name="a value". */
function attributes(info: string): string {
  let out = '';
  for (const [word] of info.matchAll(/[\w-]+(?:=(?:"[^"]*"|\S*))?/g)) {
    const [, name, value] = kAttribute.exec(word) ?? [];
    if (name !== undefined) out += value === undefined ? ` ${name}` : ` ${name}="${escaped(value.replace(/^"|"$/g, ''))}"`;
  }
  return out;
}

/** The element for one fence; nothing for a fence of another language. */
export function elementOf(info: string, content: string): string | undefined {
  const [, language, rest] = /^(asl(?:\.json|\.yaml)?|stepglass)(?:\s+(.*))?$/.exec(info.trim()) ?? [];
  if (language === undefined) return undefined;
  const format = language === 'asl.yaml' ? ' format="yaml"' : '';
  return `<stepglass-machine${format}${attributes(rest ?? '')}><pre v-pre><code>${escaped(content)}</code></pre></stepglass-machine>\n`;
}

interface MarkdownIt {
  renderer: { rules: { fence?: ((...args: never[]) => string) | undefined } };
}
type Fence = (tokens: { info: string; content: string }[], index: number, options: unknown, env: unknown, self: unknown) => string;

/** A plug-in for markdown-it, and so for VitePress. */
export function markdownIt(md: MarkdownIt): void {
  const before = md.renderer.rules.fence as unknown as Fence | undefined;
  const fence: Fence = (tokens, index, options, env, self) => {
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
  children?: MarkdownNode[];
}

/** A plug-in for remark, and so for Docusaurus and Astro (in Markdown; MDX takes the element itself). */
export function remark(): (tree: MarkdownNode) => void {
  const walk = (node: MarkdownNode): void => {
    for (const child of node.children ?? []) {
      const html = child.type === 'code' ? elementOf(`${child.lang ?? ''} ${child.meta ?? ''}`, child.value ?? '') : undefined;
      if (html !== undefined) Object.assign(child, { type: 'html', value: html });
      else walk(child);
    }
  };
  return walk;
}
