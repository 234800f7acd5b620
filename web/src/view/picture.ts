// A picture of the page as a file: what style sheets say becomes attributes.

const kKept = ['fill', 'stroke', 'stroke-width', 'stroke-dasharray', 'stroke-linecap', 'font-size', 'font-weight', 'font-family', 'text-anchor', 'display'];

/** `paper` is its ground; `title` and `summary` say what it shows. */
export function pictureOf(source: SVGSVGElement, paper: string, title: string, summary: string): string {
  const copy = source.cloneNode(true) as SVGSVGElement;
  const to = [copy, ...copy.querySelectorAll('*')];
  [source, ...source.querySelectorAll('*')].forEach((element, i) => {
    const style = getComputedStyle(element);
    const target = to[i];
    for (const name of kKept) target?.setAttribute(name, style.getPropertyValue(name));
    for (const name of ['class', 'part', 'tabindex']) target?.removeAttribute(name);
  });
  for (const button of copy.querySelectorAll('[role=button]')) button.remove();
  const { width, height } = source.viewBox.baseVal;
  copy.setAttribute('width', String(width));
  copy.setAttribute('height', String(height));
  const ground = document.createElementNS('http://www.w3.org/2000/svg', 'rect');
  ground.setAttribute('width', '100%');
  ground.setAttribute('height', '100%');
  ground.setAttribute('fill', paper);
  const words = Object.entries({ title, desc: summary }).map(([name, text]) => {
    const element = document.createElementNS('http://www.w3.org/2000/svg', name);
    element.textContent = text;
    return element;
  });
  copy.prepend(...words, ground);
  const comments = document.createTreeWalker(copy, NodeFilter.SHOW_COMMENT);
  const found: Node[] = [];
  while (comments.nextNode()) found.push(comments.currentNode);
  for (const comment of found) comment.parentNode?.removeChild(comment);
  return new XMLSerializer().serializeToString(copy);
}
