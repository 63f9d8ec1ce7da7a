/** Unix milliseconds: [from, to). */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}
