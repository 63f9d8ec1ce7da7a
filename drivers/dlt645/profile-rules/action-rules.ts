/** What must hold of actions: names of their own, and a point that shows their effect. */
import type { ProfileMistake } from '../../contract.ts';
import { STATUS_WORD_3, relayPlaces } from '../relay-points.ts';
import type { Draft } from './draft.ts';

/** Each mistake has its path and names the action. */
export function actionMistakes({ actions, points, hasAllPoints }: Draft): readonly ProfileMistake[] {
  const keys = new Set(points.map(({ item }) => item.key));
  const isShown = points.some(({ item }) => relayPlaces(item).includes('relayOpen'));
  return actions.flatMap(({ index, item }) => {
    const at = (message: string): ProfileMistake => ({
      path: ['actions', index, 'key'],
      message: `action ${item.key}: ${message}`,
    });
    const first = actions.find((other) => other.item.key === item.key)?.index ?? index;
    return [
      ...(first === index ? [] : [at(`number ${first} has this key already; a key names one action`)]),
      ...(keys.has(item.key) ? [at('a point has this key; rename one')] : []),
      ...(isShown || !hasAllPoints
        ? []
        : [at(`no point shows what became of it: add one of status relayOpen of ${STATUS_WORD_3}`)]),
    ];
  });
}
