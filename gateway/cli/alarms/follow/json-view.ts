/** What a mirror says, one JSON object a line, for programs. */
import type { View } from './view.ts';

export function jsonView(): View {
  const print = (kind: string, content: object): void => console.log(JSON.stringify({ kind, ...content }));
  return {
    connection: (words, up) => print('connection', { up, words }),
    happened: (event) => print('happened', { event }),
    stands: (alarms) => print('stands', { alarms }),
    trust: ({ alarms: _, ...mirror }) => print('trust', mirror),
    mirror: (mirror) => print('mirror', mirror),
  };
}
