// Writes rules.json of the package: the rules of lint as the built module tells them.

import { writeFileSync } from 'node:fs';
import { createEngine } from '../dist/package/node.js';

const engine = await createEngine();
writeFileSync(new URL('../dist/package/rules.json', import.meta.url), `${JSON.stringify(await engine.rules(), undefined, 1)}\n`);
engine.close();
