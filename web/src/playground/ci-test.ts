// A run of the playground as a test for CI: a ZIP of what is run, of what the program prints of it, and of a script that
// compares. Nothing that somebody has typed stands in the script.

import { strToU8, zipSync, type Zippable } from 'fflate';
import type { Json } from '../engine/protocol.js';
import { statesOf } from '../model/drawing.js';
import { drawn } from '../model/drawn.js';
import { sensitiveIn, sensitiveParts } from '../model/share.js';
import { kVersion } from '../version.js';
import { fileOf, inputOf, runCommand } from './command-line.js';
import type { Session } from './session.js';
import { parsedMocks, toShared, type Content } from './store.js';

/** Where its output is no terminal and nothing else is said, the program's lines have as many. */
const kColumns = 80;
/** Unix, and a file that everybody may run. */
const kExecutable = { os: 3, attrs: 0o100755 << 16 };

/** The program tells the run on standard output, and how it ended on standard error, with the time that it really took. The
 *  engine tells one behind the other, warnings last, without that time and without what is to be said of the definition. */
const script = (line: string) => `#!/bin/sh
# Runs the state machine and compares what is printed with expected.txt: see README.md.
# Exit status: 0 when it is the same, else 1. With STEPGLASS_UPDATE=1 what is printed is what is expected from now on.

stepglass=\${STEPGLASS:-stepglass}
case $stepglass in
  /*) ;;
  */*) stepglass=$PWD/$stepglass ;;
esac
CDPATH='' cd -- "$(dirname -- "$0")" || exit 1
if ! command -v "$stepglass" >/dev/null; then
  printf '%s cannot be run: put it on the PATH, or say STEPGLASS=path\\n' "$stepglass" >&2
  exit 1
fi
folder=\${TMPDIR:-/tmp}/stepglass-test.$$
(umask 077 && mkdir -- "$folder") || exit 1
trap 'rm -rf -- "$folder"' EXIT
trap 'exit 1' HUP INT TERM

COLUMNS=${kColumns} NO_COLOR=1 LC_ALL=C.UTF-8 ${line} </dev/null >"$folder/stdout" 2>"$folder/stderr"
status=$?

# The time that it really took differs, and what was said of the definition, with an empty line behind it, is none of the run.
LC_ALL=C awk '
  /^$/ { summary = warnings = ""; next }
  /^warning: / { warnings = warnings $0 "\\n"; next }
  /^[A-Z_]+  / { sub(/ \\([0-9.]+ ms real\\)$/, "") }
  { summary = summary $0 "\\n" }
  END { printf "%s%s", summary, warnings }
' "$folder/stderr" >"$folder/summary"
cat "$folder/stdout" "$folder/summary" >"$folder/printed.txt"
echo "exit status $status" >>"$folder/printed.txt"

if [ "\${STEPGLASS_UPDATE:-}" = 1 ]; then
  if [ "$status" -gt 1 ]; then
    cat "$folder/stderr" >&2
    echo 'It did not run: expected.txt stays as it was.' >&2
    exit 1
  fi
  cp "$folder/printed.txt" expected.txt || exit 1
  echo 'What was printed is what is expected from now on: look at what became of expected.txt.'
  exit 0
fi

diff -u expected.txt "$folder/printed.txt"
case $? in
  0) exit 0 ;;
  1) echo 'It prints something else: - is expected.txt, + what was printed now. Where that is right: STEPGLASS_UPDATE=1 sh test.sh' >&2 ;;
  127) echo 'They cannot be compared: diff is missing.' >&2 ;;
  *) echo 'They cannot be compared: see what diff says.' >&2 ;;
esac
exit 1
`;

const readme = (definition: string, hasMocks: boolean) => `# A test of a state machine

    sh test.sh

runs \`${definition}\` with \`input.json\`${hasMocks ? ' and the answers of \`mocks.json\`' : ''} and compares what is printed with \`expected.txt\`: the
states that were passed, the output, how the execution ended, and what is billed. The exit status of the test is 0 when all of
that is the same, else 1, and the differences are shown.

    STEPGLASS_UPDATE=1 sh test.sh

takes what is printed now for what is expected from then on. \`.gitattributes\` has Git leave the ends of lines as they are.

It needs \`stepglass\` on the PATH, or \`STEPGLASS=path/to/stepglass sh test.sh\`. Made with Stepglass ${kVersion}.
`;

/** What the note names need not be read there. */
const shortened = (part: string) => (part.length > 14 ? `${part.slice(0, 4)}…` : part);

/** The ZIP, and what there is to say of it; or why there is none. */
export async function ciTest(typed: Content, { engine, changes, imported }: Session): Promise<{ zip: Uint8Array<ArrayBuffer>; note: string } | { fault: string }> {
  const mocks = parsedMocks(typed);
  if (!mocks) return { fault: 'the mocks are no JSON object' };
  const graph = await engine.call('graph', { definition: typed.text, format: 'drawing' });
  if (!graph.ok) return { fault: graph.error.message };
  // The program takes a file that mocks other states for a mistake.
  const states = new Set([...statesOf(drawn(graph.result))].map(({ name }) => name));
  const [used, unused] = [true, false].map((isUsed) => Object.entries(mocks).filter(([name]) => states.has(name) === isUsed)) as [[string, Json][], [string, Json][]];
  // As the engine gets them: of numbers and of members that stand twice, JavaScript keeps what it can.
  const content = { ...typed, mocks: JSON.stringify(Object.fromEntries(used), undefined, 2) };

  const { line, request } = runCommand(content, '"$stepglass"', 'input.json');
  const ended = await engine.call('run', { ...request, history: false });
  if (!ended.ok) return { fault: ended.error.message };
  const printed = await engine.text('run', request, kColumns);
  if (!printed.ok) return { fault: printed.error.message };
  const status = ended.result.status === 'SUCCEEDED' ? 0 : 1;

  const hasMocks = used.length > 0;
  const files: Zippable = {
    '.gitattributes': strToU8('* -text\n'),
    'README.md': strToU8(readme(fileOf(content), hasMocks)),
    [fileOf(content)]: strToU8(content.text),
    'expected.txt': strToU8(`${printed.result.text}exit status ${status}\n`),
    'input.json': strToU8(`${inputOf(content)}\n`),
    ...(hasMocks ? { 'mocks.json': strToU8(`${content.mocks}\n`) } : {}),
    'test.sh': [strToU8(script(line)), kExecutable],
  };
  // Of what is typed, this much is in it.
  const held = { ...content, inputs: [{ n: '', v: inputOf(content) }], selectedInput: 0, assumptions: {} };
  const secret = [...new Set([...sensitiveIn(toShared(held)), ...sensitiveParts(printed.result.text)])];
  const notes = [
    unused.length > 0 && `Mocks of ${unused.map(([name]) => `“${name}”`).join(', ')} were left out: no state has that name.`,
    imported && 'It is a run of the definition, not the imported execution.',
    changes.length > 0 && 'Data that was changed by hand is not in it.',
    secret.length > 0 && `It holds what looks secret: ${secret.slice(0, 3).map(shortened).join(', ')}${secret.length > 3 ? ` and ${secret.length - 3} more` : ''}.`,
  ];
  return { zip: zipSync(files) as Uint8Array<ArrayBuffer>, note: notes.filter(Boolean).join(' ') };
}
