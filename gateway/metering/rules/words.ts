/** Whatever a clerk or an inhabitant reads, in both languages. It is kept with what it explains: later wordings change nothing. */
export interface Words {
  readonly zh: string;
  readonly en: string;
}
