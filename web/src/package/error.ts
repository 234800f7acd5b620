/** What went wrong in a call that cannot go on, such as a definition that is none; `code` as in the protocol. */
export class StepglassError extends Error {
  constructor(
    readonly code: string,
    message: string,
    readonly diagnostics: unknown = undefined,
  ) {
    super(message);
    this.name = 'StepglassError';
  }
}
