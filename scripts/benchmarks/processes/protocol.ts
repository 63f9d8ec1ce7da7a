/** What a benchmark and a program of it say to each other: plain JSON both ways. A program's file exports its own. */
export interface Protocol {
  /** What the program is started with. */
  readonly settings: unknown;
  /** What it says once it is ready. */
  readonly ready: unknown;
  readonly question: unknown;
  readonly answer: unknown;
}
