/** What a benchmark is. Types only. */

export interface RunOptions {
  /** Shorter, and rougher: to see that it runs, not for the page. */
  readonly quick: boolean;
  /** Tells the person who waits what is going on. */
  readonly say: (line: string) => void;
}

export interface Figure {
  readonly what: string;
  readonly unit: string;
  readonly measured: number;
  /** What it is held against, in the same unit and from the same run: a physical limit, another program, an aim. */
  readonly reference?: { readonly what: string; readonly value: number } | undefined;
}

export interface Result {
  readonly figures: readonly Figure[];
  readonly verdict: 'met' | 'missed';
}

export interface Benchmark {
  /** As it is given to `scripts/bench`. */
  readonly name: string;
  readonly goal: string;
  /** How it is measured, for the page. */
  readonly method: string;
  readonly run: (options: RunOptions) => Promise<Result>;
}
