/** What must hold of actions: names of their own, and a point that shows their effect. */
import type { ProfileMistake } from '../../contract.ts';
import { FREEZE_NOW_TIME } from '../freeze-now.ts';
import { STATUS_WORD_3, relayPlaces } from '../relay-points.ts';
import type { Draft } from './draft.ts';

/** Each mistake has its path and names the action. */
export function actionMistakes({ actions, points, hasAllPoints }: Draft): readonly ProfileMistake[] {
  const keys = new Set(points.map(({ item }) => item.key));
  const isRelayShown = points.some(({ item }) => relayPlaces(item).includes('relayOpen'));
  const isFreezeShown = points.some(({ item }) => item['2007']?.item === FREEZE_NOW_TIME);
  return actions.flatMap(({ index, item }) => {
    const at = (message: string): ProfileMistake => ({
      path: ['actions', index, 'key'],
      message: `action ${item.key}: ${message}`,
    });
    const first = actions.find((other) => other.item.key === item.key)?.index ?? index;
    const { relay, freeze } = item;
    const missing = [
      ...(relay === undefined || isRelayShown ? [] : [`status relayOpen of ${STATUS_WORD_3}`]),
      ...(freeze === undefined || isFreezeShown ? [] : [`item ${FREEZE_NOW_TIME}`]),
    ];
    return [
      ...((relay === undefined) === (freeze === undefined) ? [at('it is either a "relay" or a "freeze"')] : []),
      ...(first === index ? [] : [at(`number ${first} has this key already; a key names one action`)]),
      ...(keys.has(item.key) ? [at('a point has this key; rename one')] : []),
      ...(hasAllPoints ? missing.map((what) => at(`no point shows what became of it: add one of ${what}`)) : []),
    ];
  });
}
