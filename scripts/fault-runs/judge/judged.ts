/** What one look at the evidence gives. */
export interface Judged {
  /** What is missing or wrong, each in words; empty: nothing. */
  readonly findings: readonly string[];
  /** In words, for who wants to know how much was looked at. */
  readonly looked: string;
}
