/** Whoever waits for long work: is told how far it is, and can have it stopped. */
export interface Watch {
  readonly at: (done: number, total: number) => void;
  readonly signal: AbortSignal;
}

/** Nobody waits. */
export const unwatched: Watch = { at: () => undefined, signal: new AbortController().signal };
