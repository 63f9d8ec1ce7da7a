/** Names that must be unique: keys of points, keys of actions, what a channel says. */
import type { ProfileMistake } from '../../contract.ts';
import type { Draft, Placed } from './draft.ts';

/** Checks that no two parts of `draft` go by the same name. */
export function namingMistakes(draft: Draft): readonly ProfileMistake[] {
  const { points, actions } = draft;
  const writable = new Set(points.filter(({ item }) => item.access !== 'r').map(({ item }) => item.key));
  const channels = points.filter(({ item }) => item.channel !== undefined && item.role !== undefined);
  return [
    ...repeated(points, ({ key }) => key).map(([second, first]) => ({
      path: ['points', second.index, 'key'],
      message: `point ${second.item.key}: number ${first.index} has this key already; a key names one point`,
    })),
    ...repeated(actions, ({ key }) => key).map(([second, first]) => ({
      path: ['actions', second.index, 'key'],
      message: `action ${second.item.key}: number ${first.index} has this key already; a key names one action`,
    })),
    ...actions
      .filter(({ item }) => writable.has(item.key))
      .map(({ index, item }) => ({
        path: ['actions', index, 'key'],
        message: `action ${item.key}: a writable point has this key; a command could mean either, so rename one`,
      })),
    ...repeated(channels, ({ channel, role }) => `${channel ?? ''} ${role ?? ''}`).map(([second, first]) => ({
      path: ['points', second.index, 'channel'],
      message:
        `point ${second.item.key}: point ${first.item.key} is the ${String(second.item.role)} of channel ` +
        `${String(second.item.channel)} already; each channel has one of each role`,
    })),
  ];
}

/** Pairs of an item and the first one that has the same name. */
function repeated<T>(items: readonly Placed<T>[], nameOf: (item: T) => string): readonly [Placed<T>, Placed<T>][] {
  const seen = new Map<string, Placed<T>>();
  return items.flatMap((placed): [Placed<T>, Placed<T>][] => {
    const name = nameOf(placed.item);
    const first = seen.get(name);
    if (first !== undefined) return [[placed, first]];
    seen.set(name, placed);
    return [];
  });
}
