import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { NOW, openTestStore, raised, storeFile } from '../testing/fixtures.ts';
import type { Store } from '../store.ts';

let store: Store;
beforeEach(async () => {
  const opened = await openTestStore(storeFile());
  store = opened;
  onTestFinished(() => opened.close());
  const event = { domain: 'lift', type: 'moved', source: 'lift-1', at: NOW, data: { drill: false } };
  const cleared = { ...raised({ letter: 'D' }), type: 'clear' as const };
  const acknowledged = { ...raised({ letter: 'A' }), type: 'ack' as const };
  const alarms = [raised(), raised({ alarm: 'drill', drill: true }), cleared, acknowledged];
  await store.write('observe', [{ device: 'd', events: [event], alarms }], NOW + 7);
});

const seqs = (query: Omit<Parameters<Store['transitions']['list']>[0], 'limit'>, limit = 10) =>
  store.transitions.list({ ...query, limit }).map(({ seq }) => seq);

describe('the transitions of alarms', () => {
  it('have what figures are made of', () => {
    const alarm = { alarm: 'lift-3-2--lift-carAlarm', type: 'lift.carAlarm', source: 'lift-3-2' };
    expect(store.transitions.list({ after: 0, limit: 1 })).toEqual([
      { ...alarm, seq: 2, at: NOW, recordedAt: NOW + 7, transition: 'raise', letter: 'B' },
    ]);
  });

  it('leave out drills, what no figure goes by, and all that is no alarm', () => {
    expect(seqs({ after: 0 })).toEqual([2, 5]);
  });

  it('come forwards after one, and backwards before one', () => {
    expect([seqs({ after: 2 }), seqs({ before: 5 }), seqs({}), seqs({}, 1)]).toEqual([[5], [2], [5, 2], [5]]);
  });
});
