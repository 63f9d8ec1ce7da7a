/** The options of `check`. */
export interface CheckOptions {
  readonly json?: boolean;
  readonly strict?: boolean;
}
