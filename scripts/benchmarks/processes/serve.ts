/** The program's side of a peer. */
import type { Protocol } from './protocol.ts';

export interface Served<P extends Protocol> {
  readonly ready: P['ready'];
  readonly answer?: (question: P['question']) => P['answer'] | Promise<P['answer']>;
  /** What must be ended before the process is. */
  readonly close?: () => Promise<void>;
}

/** Starts with the settings that the benchmark gave, says that it is ready, and answers until the benchmark leaves it. */
export async function serve<P extends Protocol>(start: (settings: P['settings']) => Promise<Served<P>>): Promise<void> {
  const settings: unknown = JSON.parse(process.argv[2] ?? 'null');
  const { ready, answer, close } = await start(settings);
  const say = (said: unknown): void => void process.send?.({ answer: said });
  process.on('message', ({ question }: { readonly question: P['question'] }) => {
    void Promise.resolve(answer?.(question)).then(say);
  });
  process.on('disconnect', () => void Promise.resolve(close?.()).then(() => process.exit()));
  say(ready);
}
