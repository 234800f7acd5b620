// The call protocol as types: one JSON request in, one JSON reply out. Field names are those of the protocol, which the
// README describes; what the service's own API names keeps the service's names. The package's schema.json is made of this
// file (tools/schema.mjs), with what stands in front of a field as its description.

/** Transitions after which a run in a page is given up: beyond it, nobody steps. */
export const kMaxTransitions = 100_000;

/** Any JSON value. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** A whole number from 0. @asType integer @minimum 0 */
export type Count = number;

/** Line and column from 1, columns in UTF-16 units as editors count them; offset in bytes of UTF-8. */
export interface Position {
  line: Count;
  column: Count;
  offset: Count;
}
export interface Range {
  start: Position;
  end: Position;
}

export type Severity = 'error' | 'warning' | 'info';
export type MachineType = 'STANDARD' | 'EXPRESS';

/** Writes `replacement` where `range` is. */
export interface Edit {
  range: Range;
  replacement: string;
}
export interface Fix extends Edit {
  title: string;
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
  /** What ValidateStateMachineDefinition calls it; empty where it does not find it. */
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

/** What one attempt of a task answers: it has a `return`, or an `error`, a `cause` or an `outcome` that says how it fails. */
export interface MockEntry {
  return?: Json;
  error?: string;
  /** A text, or JSON that stands for its text. */
  cause?: Json;
  /** Virtual time that the attempt takes. */
  duration_seconds?: number;
  /** The item of the innermost Map that it is for, from 0. Entries are then counted within each iteration. */
  iteration?: Count;
  /** What the first half of a `.sync` or `.waitForTaskToken` task answers. */
  submitted?: Json;
  /** The event that closes the attempt, such as "TaskTimedOut". */
  outcome?: string;
  /** In recordings; not used. */
  scheduled?: Json;
  /** In recordings; not used. */
  event_id?: Json;
}
/** What tasks answer, by the name of the state and attempt by attempt; the last entry repeats. */
export type Mocks = Record<string, MockEntry[]>;

/** Where a run pauses; see the README, "The call protocol". */
export interface Until {
  /** This event. */
  event?: Count;
  /** No event up to this one. */
  after?: Count;
  /** Where one of these is entered. */
  states?: string[];
  /** Where any Choice is entered. */
  choice?: boolean;
  /** Where anything fails. */
  error?: boolean;
  /** Where the run cannot go on: the result then says why in `stopped`. */
  stopped?: boolean;
}
/** Replaces the data of a state that is entered or left, and variables beside it. */
export interface Change {
  /** The id of a …StateEntered or …StateExited event. */
  event: Count;
  data: Json;
  variables?: Record<string, Json>;
}

/** What lies around an execution. */
export interface Environment {
  s3_objects?: {
    bucket: string;
    key: string;
    /** The text of the file, or JSON that it holds. */
    body: Json;
  }[];
  /** In recordings; not used. */
  lambda_functions?: Json;
  /** In recordings; not used. */
  collaborators?: Json;
}

export interface RunRequest {
  /** As JSON, or its text. */
  definition: string | Json;
  /** Default: {}. */
  input?: Json;
  /** The input as text, instead. */
  input_text?: string;
  type?: MachineType;
  mocks?: Mocks;
  /** What a task without mocks answers: its own effective input, or made-up data in the shape of its integration. */
  default_mock?: 'echo' | 'sample';
  /** A mock configuration of Step Functions Local, instead of `mocks`. */
  mock_config?: Json;
  mock_state_machine?: string;
  mock_test_case?: string;
  environment?: Environment;
  /** Members of the context object that replace the made-up ones. */
  context?: Record<string, Json>;
  /** When the virtual clock starts: "2025-01-01T00:00:00Z". */
  now?: string;
  seed?: Count;
  /** Whether the result has it. Default: true. */
  history?: boolean;
  inspection?: 'NONE' | 'INFO' | 'DEBUG' | 'TRACE';
  /** Definitions that nested executions run, by name or ARN. */
  machines?: Record<string, string | Json>;
  /** Events after which an execution fails; 0 for no limit. */
  max_events?: Count;
  /** Transitions after which the run is given up. */
  max_transitions?: Count;
  until?: Until;
  changes?: Change[];
}

/** An event in the shape of GetExecutionHistory: exactly one of its …EventDetails is there, if any. */
export interface HistoryEvent {
  id: Count;
  previousEventId: Count;
  type: string;
  timestamp: string;
  [details: string]: unknown;
}

export type ExecutionStatus = 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'ABORTED' | 'RUNNING';

/** What was seen of one visit of a state. Stages are JSON texts by the names of TestState's inspectionData. */
export interface Inspection {
  eventId: Count;
  stateName: string;
  status: 'SUCCEEDED' | 'CAUGHT_ERROR' | 'FAILED' | 'RUNNING';
  output?: string;
  nextState?: string;
  choiceRule?: Count;
  inspectionData?: Record<string, string>;
}

/** How many items or executions of a Map Run are in which state. */
export interface MapRunCounts {
  pending: Count;
  running: Count;
  succeeded: Count;
  failed: Count;
  timedOut: Count;
  aborted: Count;
  total: Count;
  resultsWritten: Count;
}
/** What became of a distributed Map, in the shape of DescribeMapRun, with the executions that it started. */
export interface MapRun {
  mapRunArn: string;
  stateName?: string;
  status: ExecutionStatus;
  maxConcurrency: Count;
  toleratedFailurePercentage: number;
  toleratedFailureCount: Count;
  itemCounts: MapRunCounts;
  executionCounts: MapRunCounts;
  executions: { name: string; status: ExecutionStatus; startDate: string; stopDate: string; input: Json; output?: Json; error?: string; cause?: string }[];
}

export interface RunResult {
  status: ExecutionStatus;
  output?: Json;
  error?: string;
  cause?: string;
  history?: HistoryEvent[];
  /** Billed. */
  transitions: Count;
  /** Virtual. */
  duration_seconds: number;
  inspection?: Inspection[];
  map_runs?: MapRun[];
  /** Why a run with `until.stopped` could not go on. */
  stopped?: CallError;
  warnings?: string[];
}

/** The fields of the TestState API with their names. What holds JSON is JSON, or its text. */
export interface StateRequest {
  /** Of one state, or of a machine with `stateName`. */
  definition: string | Json;
  stateName?: string;
  roleArn?: string;
  input?: Json;
  inspectionLevel?: 'INFO' | 'DEBUG' | 'TRACE';
  revealSecrets?: boolean;
  variables?: Json;
  context?: Json;
  /** What stands in for the work of the state. */
  mock?: { result?: Json; errorOutput?: { error?: string; cause?: string }; fieldValidationMode?: 'STRICT' | 'PRESENT' | 'NONE' };
  stateConfiguration?: { retrierRetryCount?: Count; errorCausedByState?: string; mapIterationFailureCount?: Count; mapItemReaderData?: Json };
  /** Not in the API: what tasks answer, as in a run. */
  mocks?: Mocks;
  /** Not in the API: what a task without mocks answers, as in a run. */
  default_mock?: 'echo' | 'sample';
}
/** The stages as JSON texts. */
export interface StateInspection {
  input?: string;
  afterInputPath?: string;
  afterArguments?: string;
  afterParameters?: string;
  result?: string;
  afterResultSelector?: string;
  afterResultPath?: string;
  afterItemsPath?: string;
  afterItemsPointer?: string;
  afterItemSelector?: string;
  afterItemBatcher?: string;
  variables?: string;
  errorDetails?: { catchIndex?: Count; retryIndex?: Count; retryBackoffIntervalSeconds?: Count };
  toleratedFailureCount?: Count;
  toleratedFailurePercentage?: number;
  maxConcurrency?: Count;
}
/** The answer of the TestState API. */
export interface StateResult {
  status: 'SUCCEEDED' | 'FAILED' | 'RETRIABLE' | 'CAUGHT_ERROR';
  /** A JSON text. */
  output?: string;
  error?: string;
  cause?: string;
  nextState?: string;
  /** From the level DEBUG on. */
  inspectionData?: StateInspection;
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
  hidden?: Count;
  /** Of the whole state in the definition's text. */
  range?: Range;
}
export interface DrawnEdge {
  from: string | null;
  to: string | null;
  /** The name that it leads to, which no state has. */
  missing?: string;
  kind: 'start' | 'next' | 'choice' | 'default' | 'catch' | 'end';
  /** Of the choice rule or the catcher. */
  index?: Count;
  /** Against the direction of the picture: it closes a loop. */
  back: boolean;
  points: Point[];
  label?: DrawnText;
  jump?: DrawnText;
}
export interface DrawnScope {
  box: Box;
  /** Null where nothing is drawn there. */
  start?: Point | null;
  end?: Point | null;
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

/** The flow without places: what `graph` gives as "json". An edge leads from the id of a state to another; null is the end. */
export interface Flow {
  /** The id of the first state; null where there is none. */
  start: string | null;
  states: { id: string; name: string; type: StateType | 'unknown'; hidden?: Count; scopes?: Flow[] }[];
  edges: { from: string | null; to: string | null; missing?: string; kind: DrawnEdge['kind']; index?: Count; label?: string }[];
}

/** A number, or "unbounded". */
export type Bound = number | 'unbounded';
export interface Spread {
  /** Null where no execution ends. */
  min: Bound | null;
  expected: Bound;
  max: Bound;
}
/** The same of money: null where a price is not known. */
export interface UsdSpread {
  min: Bound | null;
  expected: Bound | null;
  max: Bound | null;
}
/** What played executions have taken. */
export interface Distribution {
  mean: Bound;
  standard_error: Bound;
  min: Bound;
  p50: Bound;
  p95: Bound;
  p99: Bound;
  max: Bound;
}
export interface LedgerRow {
  /** The machine that a nested execution runs. */
  machine?: string;
  state: string;
  type: StateType | 'Execution';
  depth: Count;
  visits: Bound;
  transitions: Bound;
  /** Of a machine that is Express. */
  express?: boolean;
  usd_per_month: Bound | null;
  /** What the row rests on. `assumption` names what can be said in the request. */
  from: { text: string; origin: Origin; place?: string; assumption?: string }[];
}
/** Where a number is from. */
export type Origin = 'derived' | 'default' | 'file' | 'command line' | 'observed';
export interface CostReport {
  /** The file that was named, and the line in it. */
  file?: string;
  line?: Count;
  name: string;
  type: MachineType;
  region: string;
  /** Null where a price of the region is not known. */
  prices: {
    date: string;
    usd_per_thousand_transitions: number | null;
    standard_source: string;
    usd_per_million_requests: number | null;
    gb_hour_tiers: { up_to_gb_hours: number | null; usd: number }[];
    express_source: string;
  };
  executions_per_month: { value: number; origin: Origin; place?: string };
  free_tier: boolean;
  transitions: Spread;
  /** With those of the executions that it starts. */
  started_transitions: Spread;
  seconds: Spread;
  /** Express executions that it starts. */
  express_executions: Spread;
  usd_per_month: UsdSpread;
  /** The share of executions that fail. */
  fails: number;
  /** Where an execution is stopped at a limit of the service. */
  transitions_stopped_at_most?: Bound;
  ledger: LedgerRow[];
  paths: { kind: 'likeliest' | 'cheapest' | 'dearest'; path: string; transitions: Bound; probability?: number; seconds?: Bound }[];
  levers: { machine?: string; state: string; assumption: string; change: string; usd_per_month: Bound; transitions: Bound }[];
  /** What it would be as an Express workflow. */
  express: {
    possible: boolean;
    obstacles?: string[];
    usd_per_month: Bound | null;
    seconds: Bound;
    /** It may well take longer, and cost more. */
    is_least?: boolean;
    memory_mb: Bound;
    gb_seconds_per_month: Bound;
    break_even_seconds?: number;
  };
  as_standard_usd_per_month?: Bound;
  simulation?: {
    executions: Count;
    seed: Count;
    failed: Count;
    transitions: Distribution;
    started_transitions: Distribution;
    seconds: Distribution;
    express_executions: Distribution;
  };
  /** Why nothing was simulated. */
  not_simulated?: string;
  not_included: string[];
  notes: string[];
}

export interface ListedMachine {
  file: string;
  name: string;
  /** How it stands in the file. */
  form: 'file' | 'nested' | 'cfn-object' | 'cfn-string' | 'cfn-uri' | 'serverless' | 'serverless-file' | 'heredoc' | 'jsonencode' | 'terraform-file' | 'unread';
  type?: MachineType;
  line: Count;
  column: Count;
  states?: Count;
  bytes?: Count;
  /** The file that holds it, where that is another one. */
  definition_file?: string;
  /** Why it was not read. */
  reason?: string;
  /** The definition as text, where it is known. */
  definition?: string;
}

/** What an evaluation may take at most; it can be lowered only. */
export interface JsonataLimits {
  depth?: Count;
  steps?: Count;
  bytes?: Count;
  milliseconds?: Count;
}
/** Exactly one of them. */
export interface JsonataResult {
  value?: Json;
  undefined?: true;
  function?: true;
  error?: { code: string; message: string; position: Count; token?: string };
}
/** A value, or an error with its message. */
export interface PathResult {
  value?: Json;
  error?: 'invalid path' | 'path not found' | 'evaluation error';
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
  /** What ValidateStateMachineDefinition calls it; empty where it does not find it. */
  aws_code: string;
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
  /** As in the request. */
  name?: string;
  /** How many changes are not told. */
  left_out?: Count;
  /** Of what stands beside the states. */
  fields: FieldChange[];
  states: StateChange[];
  cost?: {
    file: string;
    name: string;
    change: 'added' | 'removed' | 'changed' | 'broken' | 'mended' | 'same';
    before?: { transitions: Spread; usd_per_month: UsdSpread };
    after?: { transitions: Spread; usd_per_month: UsdSpread };
    reasons: string[];
  };
}

/** All operations: the fields of the request without `id` and `op`, and the result. */
export interface Calls {
  run: [RunRequest, RunResult];
  state: [StateRequest, StateResult];
  validate: [
    { definition: string | Json; type?: MachineType; severity?: 'ERROR' | 'WARNING';
      /** 0: as many as there can be. @asType integer @minimum 0 @maximum 100 */
      maxResults?: number },
    { result: 'OK' | 'FAIL'; diagnostics: { severity: 'ERROR' | 'WARNING'; code: string; message: string; location?: string }[];
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
    /** `graph` of "json" and "drawing", `text` of the others. */
    { graph?: Flow | Drawing; text?: string },
  ];
  cost: [
    { definition: string | Json; name?: string; type?: MachineType; region?: string; executions_per_month?: number | string;
      assumptions?: Json;
      /** The likeliest ways that are told of. Default: 1. @asType integer @minimum 0 @maximum 1000 */
      paths?: number;
      /** Executions that are played. @asType integer @minimum 0 @maximum 10000000 */
      simulate?: number;
      seed?: Count; histories?: Json; machines?: Record<string, string | Json>; filename?: string },
    CostReport,
  ];
  jsonata: [
    { expression: string; data?: Json; bindings?: Record<string, Json>; dialect?: 'standard' | 'states'; limits?: JsonataLimits; seed?: Count },
    JsonataResult,
  ];
  path: [{ path: string; data?: Json; dialect?: 'jayway' | 'reference' }, PathResult];
  complete: [{ text: string; filename?: string; line?: Count; column?: Count }, Completions];
  /** Nothing where nothing is known. */
  hover: [{ text: string; filename?: string; line?: Count; column?: Count }, { hover?: Hover }];
  /** Of white space only; none where it is laid out already. */
  format: [
    { text: string; filename?: string;
      /** Spaces of a level. Default: 2. @asType integer @minimum 1 @maximum 8 */
      indent?: number;
      /** Columns of a line. Default: 100. @asType integer @minimum 0 @maximum 1000 */
      width?: number },
    { edits: Edit[] },
  ];
  rules: [{ rule?: string }, { rules: RuleDoc[] }];
  diff: [{ before: string | Json; after: string | Json; name?: string; type?: MachineType }, MachineDiff];
  version: [Record<string, never>, { version: string; rules: Count }];
}
export type Op = keyof Calls;
/** What can also be told as the program prints it. */
export type TextOp = 'run' | 'lint' | 'cost' | 'diff';
/** Further fields of their requests. */
export interface TextOptions {
  /** "text": the result is a text. Default: "json". */
  format?: 'json' | 'text';
  /** Columns of a line of the text. Default: 80. @asType integer @minimum 0 @maximum 1000 */
  width?: number;
}
export interface TextResult {
  text: string;
}
export type Reply<T> = { ok: true; result: T } | { ok: false; error: CallError };
