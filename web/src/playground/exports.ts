// What a person takes along, as files.

import type { Session } from './session.js';
import type { Content } from './store.js';

export const kExports = [
  ['svg', 'Picture as SVG'],
  ['png', 'Picture as PNG'],
  ['mermaid', 'Mermaid'],
  ['dot', 'DOT'],
  ['plantuml', 'PlantUML'],
  ['definition', 'Definition'],
  ['mocks', 'Mocks'],
  ['history', 'History of the run'],
  ['test', 'Test for CI (ZIP)'],
] as const;
export type Export = (typeof kExports)[number][0];

function download(name: string, blob: Blob): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

export function saveFile(name: string, type: string, text: string): void {
  download(name, new Blob([text], { type }));
}

/** The picture at twice its size, as screens have it. False where the browser draws none so large. */
async function toPng(svg: string, name: string): Promise<boolean> {
  const url = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    const canvas = document.createElement('canvas');
    canvas.width = image.naturalWidth * 2;
    canvas.height = image.naturalHeight * 2;
    canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/png'));
    if (blob) download(name, blob);
    return blob !== null;
  } finally {
    URL.revokeObjectURL(url);
  }
}

/** Saves one of them. `picture` gives the graph as SVG. Gives what is to be said: why nothing was saved. */
export async function exportAs(kind: Export, content: Content, session: Session, picture: () => Promise<string>): Promise<string> {
  switch (kind) {
    case 'svg':
      saveFile('state-machine.svg', 'image/svg+xml', await picture());
      break;
    case 'png':
      return (await toPng(await picture(), 'state-machine.png')) ? '' : 'The browser makes no picture that large: export it as SVG.';
    case 'mermaid':
    case 'dot':
    case 'plantuml': {
      const reply = await session.engine.call('graph', { definition: content.text, format: kind });
      if (!reply.ok) return `Nothing was exported: ${reply.error.message}.`;
      saveFile(`state-machine.${{ mermaid: 'mmd', dot: 'dot', plantuml: 'puml' }[kind]}`, 'text/plain', reply.result.text ?? '');
      break;
    }
    case 'definition':
      saveFile(session.filename(content), 'text/plain', content.text);
      break;
    case 'mocks':
      saveFile('mocks.json', 'application/json', content.mocks);
      break;
    case 'history':
      saveFile('history.json', 'application/json', JSON.stringify({ events: session.result?.history ?? [] }, undefined, 2));
      break;
    case 'test': {
      const part = await import('./ci-test.js').catch(() => undefined);
      if (!part) return 'Nothing was exported: this part of the page could not be loaded. Look at the connection, and export it again.';
      const test = await part.ciTest(content, session);
      if ('fault' in test) return `Nothing was exported: ${test.fault}.`;
      download('state-machine-test.zip', new Blob([test.zip], { type: 'application/zip' }));
      return test.note;
    }
  }
  return '';
}
