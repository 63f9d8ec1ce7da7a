/** The options of `tail`. */
export interface TailOptions {
  readonly site: string;
  readonly mqtt?: string;
  readonly id?: string;
  readonly root?: string;
  readonly username?: string;
  readonly passwordFile?: string;
  readonly api?: string;
  /** Seconds. */
  readonly silence: number;
  readonly json?: boolean;
}
