// The call protocol as types: one JSON request in, one JSON reply out. Field names are those of the protocol, which the
// README describes; what the service's own API names keeps the service's names.

/** Transitions after which a run in a page is given up: beyond it, nobody steps. */
export const kMaxTransitions = 100_000;

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** Line and column from 1, columns in UTF-16 units as editors count them; offset in bytes of UTF-8. */
export interface Position {
  line: number;
  column: number;
  offset: number;
}
export interface Range {
  start: Position;
  end: Position;
}

export type Severity = 'error' | 'warning' | 'info';
export type MachineType = 'STANDARD' | 'EXPRESS';

/** Writes `replacement` where `range` is. */
export interface Fix {
  title: string;
  range: Range;
  replacement: string;
  /** Changes nothing of what the definition means. */
  safe: boolean;
}
export interface Diagnostic {
  code: string;
  name: string;
  severity: Severity;
  message: string;
  help?: string;
  range: Range;
  /** JSON pointer inside the definition. */
  pointer: string;
  machine: string;
  related: { message: string; range: Range }[];
  /** States from the start to the place, where the finding rests on a way through the machine. */
  path?: string[];
  fixes: Fix[];
  aws_code?: string;
}

/** Why a request has no result. */
export interface CallError {
  code: string;
  message: string;
  diagnostics?: { name: string; severity: Severity; message: string; help?: string; range: Range; pointer: string }[];
  /** Of MissingMock: the state that wants one, and a result in the shape of its integration. */
  state?: string;
  mock_sample?: Json;
}

/** What a task answers, attempt by attempt; the last entry repeats. */
export interface MockEntry {
  return?: Json;
  error?: string;
  cause?: string;
  duration_seconds?: number;
  iteration?: number;
  submitted?: Json;
  outcome?: string;
}
export type Mocks = Record<string, MockEntry[]>;

/** Where a run pauses; see the README, "The call protocol". */
export interface Until {
  event?: number;
  after?: number;
  states?: string[];
  choice?: boolean;
  error?: boolean;
  stopped?: boolean;
}
export interface Change {
  event: number;
  data: Json;
  variables?: Record<string, Json>;
}

export interface RunRequest {
  definition: string | Json;
  input?: Json;
  input_text?: string;
  type?: MachineType;
  mocks?: Mocks;
  default_mock?: 'echo' | 'sample';
  mock_config?: Json;
  mock_state_machine?: string;
  mock_test_case?: string;
  environment?: Json;
  context?: Record<string, Json>;
  now?: string;
  seed?: number;
  history?: boolean;
  inspection?: 'NONE' | 'INFO' | 'DEBUG' | 'TRACE';
  machines?: Record<string, string | Json>;
  max_events?: number;
  max_transitions?: number;
  until?: Until;
  changes?: Change[];
}

/** An event in the shape of GetExecutionHistory: exactly one of its …EventDetails is there, if any. */
export interface HistoryEvent {
  id: number;
  previousEventId: number;
  type: string;
  timestamp: string;
  [details: string]: unknown;
}

export type ExecutionStatus = 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'ABORTED' | 'RUNNING';

/** What was seen of one visit of a state. Stages are JSON texts by the names of TestState's inspectionData. */
export interface Inspection {
  eventId: number;
  stateName: string;
  status: 'SUCCEEDED' | 'CAUGHT_ERROR' | 'FAILED' | 'RUNNING';
  output?: string;
  nextState?: string;
  choiceRule?: number;
  inspectionData?: Record<string, string>;
}

export interface RunResult {
  status: ExecutionStatus;
  output?: Json;
  error?: string;
  cause?: string;
  history?: HistoryEvent[];
  /** Billed. */
  transitions: number;
  /** Virtual. */
  duration_seconds: number;
  inspection?: Inspection[];
  map_runs?: Json[];
  /** Why a run with `until.stopped` could not go on. */
  stopped?: CallError;
  warnings?: string[];
}

export type StateType = 'Pass' | 'Task' | 'Choice' | 'Wait' | 'Succeed' | 'Fail' | 'Parallel' | 'Map';
/** x, y, width, height in pixels. */
export type Box = [number, number, number, number];
export type Point = [number, number];
export interface DrawnText {
  box: Box;
  lines: string[];
  text: string;
}
export interface DrawnState {
  id: string;
  name: string;
  type: StateType | 'unknown';
  box: Box;
  label: DrawnText;
  scopes?: DrawnScope[];
  /** All that the picture shows of it, in words. */
  spoken?: string;
  /** Why its type is unknown: "unknown type", or "type from deployment" where a placeholder stands for it. */
  unknown?: string;
  /** How many states are within that are not drawn, since it is collapsed. */
  hidden?: number;
  /** Of the whole state in the definition's text. */
  range?: Range;
}
export interface DrawnEdge {
  from: string | null;
  to: string | null;
  /** The name that it leads to, which no state has. */
  missing?: string;
  kind: 'start' | 'next' | 'choice' | 'default' | 'catch' | 'end';
  index?: number;
  back: boolean;
  points: Point[];
  label?: DrawnText;
  jump?: DrawnText;
}
export interface DrawnScope {
  box: Box;
  start?: Point;
  end?: Point;
  states: DrawnState[];
  missing?: { name: string; box: Box; label: DrawnText }[];
  edges: DrawnEdge[];
}
export interface Drawing {
  width: number;
  height: number;
  /** "11 states, starts at Validate, 2 ends, 1 loop" */
  summary?: string;
  scope: DrawnScope;
}

/** A number, or "unbounded". */
export type Bound = number | 'unbounded';
export interface Spread {
  min: Bound;
  expected: Bound;
  max: Bound;
}
export interface LedgerRow {
  state: string;
  type: StateType;
  depth: number;
  visits: Bound;
  transitions: Bound;
  usd_per_month: Bound | null;
  /** What the row rests on. `assumption` names what can be said in the request. */
  from: { text: string; origin: string; assumption?: string }[];
}
export interface CostReport {
  name: string;
  type: MachineType;
  region: string;
  prices: { date: string; [more: string]: unknown };
  executions_per_month: { value: number; origin: string };
  free_tier: boolean;
  transitions: Spread;
  seconds: Spread;
  usd_per_month: Spread | null;
  fails: number;
  ledger: LedgerRow[];
  paths: { kind: string; path: string; transitions: Bound; probability?: number; seconds?: number }[];
  levers: { state: string; assumption: string; change: string; usd_per_month: number; transitions: number }[];
  express?: { possible: boolean; usd_per_month?: number; seconds?: Bound; memory_mb?: number; obstacles?: string[];
    break_even_seconds?: number; };
  not_included: string[];
  notes: string[];
}

export interface ListedMachine {
  file: string;
  name: string;
  form: string;
  type?: MachineType;
  line: number;
  column: number;
  states?: number;
  bytes?: number;
  definition_file?: string;
  reason?: string;
  /** The definition as text, where it is known. */
  definition?: string;
}

export interface JsonataResult {
  value?: Json;
  undefined?: true;
  function?: true;
  error?: { code: string; message: string; position: number; token?: string };
}
export interface PathResult {
  value?: Json;
  error?: string;
  message?: string;
}

/** What can be written at a place of a definition. */
export interface Completion {
  label: string;
  /** What stands there afterwards, where it is not the label. */
  text?: string;
  detail?: string;
  kind: 'field' | 'value' | 'state' | 'variable' | 'function' | 'error' | 'path';
}
export interface Completions {
  /** What the chosen one replaces. */
  range: Range;
  items: Completion[];
}

/** What stands at a place of a definition, in words. */
export interface Hover {
  range: Range;
  kind: Completion['kind'];
  /** As written. */
  title: string;
  /** Lines, without formatting. */
  text: string;
}

export interface RuleDoc {
  code: string;
  name: string;
  severity: Severity;
  summary: string;
  why: string;
  bad: string;
  good: string;
  source: string;
}

export interface FieldChange {
  /** From the state or the machine on: "Retry[0].MaxAttempts". */
  field: string;
  before?: Json;
  after?: Json;
}
export interface StateChange {
  change: 'added' | 'removed' | 'renamed' | 'changed';
  name: string;
  former_name?: string;
  type?: string;
  /** The states that it is in, the outermost first. */
  inside: string[];
  /** JSON pointer in the later definition; of a removed one, in the former. */
  pointer: string;
  fields: FieldChange[];
}
export interface MachineDiff {
  same: boolean;
  /** Of what stands beside the states. */
  fields: FieldChange[];
  states: StateChange[];
  cost?: { change: string; before?: { transitions: Spread; usd_per_month: Spread | null }; after?: { transitions: Spread; usd_per_month: Spread | null }; reasons: string[] };
}

/** All operations: the fields of the request without `id` and `op`, and the result. */
export interface Calls {
  run: [RunRequest, RunResult];
  state: [Record<string, Json>, Json];
  validate: [
    { definition: string | Json; type?: MachineType; severity?: 'ERROR' | 'WARNING'; maxResults?: number },
    { result: 'OK' | 'FAIL'; diagnostics: { severity: string; code: string; message: string; location?: string }[];
      truncated: boolean },
  ];
  create: [{ definition: string | Json; type?: MachineType }, Record<string, never>];
  lint: [
    { text: string; filename?: string; type?: MachineType; select?: string[]; ignore?: string[] },
    { diagnostics: Diagnostic[] },
  ];
  list: [{ text: string; filename?: string; definitions?: boolean }, { machines: ListedMachine[] }];
  graph: [
    { definition: string | Json; format?: 'json' | 'drawing' | 'svg' | 'dot' | 'mermaid' | 'plantuml'; name?: string; collapse?: string[] },
    { graph?: Drawing; text?: string },
  ];
  cost: [
    { definition: string | Json; name?: string; type?: MachineType; region?: string; executions_per_month?: number | string;
      assumptions?: Json; paths?: number; simulate?: number; seed?: number; histories?: Json; filename?: string },
    CostReport,
  ];
  jsonata: [
    { expression: string; data?: Json; bindings?: Record<string, Json>; dialect?: 'standard' | 'states'; seed?: number },
    JsonataResult,
  ];
  path: [{ path: string; data?: Json; dialect?: 'jayway' | 'reference' }, PathResult];
  complete: [{ text: string; filename?: string; line: number; column: number }, Completions];
  /** Nothing where nothing is known. */
  hover: [{ text: string; filename?: string; line: number; column: number }, { hover?: Hover }];
  rules: [{ rule?: string }, { rules: RuleDoc[] }];
  diff: [{ before: string | Json; after: string | Json; name?: string; type?: MachineType }, MachineDiff];
  version: [Record<string, never>, { version: string; rules: number }];
}
export type Op = keyof Calls;
/** What can also be told as the program prints it. */
export type TextOp = 'run' | 'lint' | 'cost' | 'diff';
export type Reply<T> = { ok: true; result: T } | { ok: false; error: CallError };
