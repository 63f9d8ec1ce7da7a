/** What a benchmark starts ends with it, however it ends. */

export interface Stoppable {
  readonly stop: () => Promise<void>;
}

export type Own = <T extends Stoppable>(started: T) => T;

/** Runs `work` and then stops what it owned, latest first. */
export async function scoped<T>(work: (own: Own) => Promise<T>): Promise<T> {
  const owned: Stoppable[] = [];
  try {
    return await work((started) => {
      owned.push(started);
      return started;
    });
  } finally {
    for (const each of owned.reverse()) await each.stop();
  }
}
