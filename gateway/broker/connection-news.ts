/** What is worth saying of a connection that is tried again for ever. */

export interface ConnectionNews {
  /** It failed or ended; in words. */
  readonly trouble: (reason: string) => void;
  readonly connected: () => void;
}

/** `away` is told each reason once until another one follows; `back` that it is over, where it has been told of any. */
export function createConnectionNews(tell: { away: (reason: string) => void; back: () => void }): ConnectionNews {
  let told: string | null = null;
  return {
    trouble: (reason) => {
      if (reason === told) return;
      told = reason;
      tell.away(reason);
    },
    connected: () => {
      if (told === null) return;
      told = null;
      tell.back();
    },
  };
}
