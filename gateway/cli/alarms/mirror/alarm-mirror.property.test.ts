import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AlarmRow } from '../../../store/rows.ts';
import { ScriptedFeed } from '../testing/scripted-feed.ts';

const STEP_MS = 500;
/** A head every 10 s, of which three may be lost; 2 s of tolerance, seen at the next tick. */
const WRONG_AT_MOST_MS = 30_000 + 2_000 + 2 * STEP_MS;

type Action = (feed: ScriptedFeed) => void;

const letter = fc.constantFrom<AlarmRow['letter']>('A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'I');
/** Any of its messages may be lost; one comes twice, and the state may overtake the event. */
const fate = fc.record({ eventArrives: fc.boolean(), stateArrives: fc.boolean(), stateFirst: fc.boolean() });
const change = fc
  .tuple(fc.constantFrom('a', 'b', 'c', 'd'), letter, fate)
  .map(([alarm, to, { eventArrives, stateArrives, stateFirst }]): Action => (feed) => {
    const { event, state } = feed.record(alarm, to);
    for (const message of stateFirst ? [state, event, state] : [event, state, event]) {
      feed.losing = !(message === event ? eventArrives : stateArrives);
      feed.publish(message);
    }
    feed.losing = false;
  });
const pause = fc.integer({ min: 1, max: 70 }).map(
  (steps): Action =>
    (feed) =>
      feed.advance(steps * STEP_MS),
);
const trouble = fc.constantFrom<Action>(
  (feed) => feed.disconnect(),
  (feed) => feed.connect(),
  (feed) => (feed.answering = !feed.answering),
  (feed) => (feed.beating = !feed.beating),
  (feed) => feed.publishStatus(false),
  (feed) => feed.restart(),
  (feed) => feed.restart(feed.emptyStore()),
  (feed) => feed.store.rows.delete(feed.store.events.bounds().oldest ?? 0),
);
const story = fc.array(
  fc.oneof({ weight: 6, arbitrary: change }, { weight: 3, arbitrary: pause }, { weight: 2, arbitrary: trouble }),
  { maxLength: 40 },
);

function stored({ store }: ScriptedFeed): string[] {
  const alarms = store.alarms.list('nonNormal');
  return alarms.map(({ alarm, letter: is, rev }) => `${alarm} ${is} ${rev} ${rev}`).sort();
}

function held({ mirror }: ScriptedFeed): string[] {
  const alarms = mirror.snapshot().alarms.filter(({ letter: is }) => is !== 'A');
  return alarms.map(({ alarm, letter: is, rev, state }) => `${alarm} ${is} ${rev} ${state?.rev ?? '-'}`).sort();
}

describe('a mirror, whatever its feed goes through', () => {
  it('equals the store in the end, and is trusted then', () => {
    fc.assert(
      fc.property(story, (actions) => {
        const feed = new ScriptedFeed();
        feed.connect();
        for (const act of actions) act(feed);
        Object.assign(feed, { answering: true, beating: true });
        feed.disconnect();
        feed.restart();
        feed.connect();
        feed.advance(45_000);
        expect(held(feed)).toEqual(stored(feed));
        expect(feed.distrust).toBeNull();
      }),
      { numRuns: 1_000 },
    );
  });

  it('mends itself on the same connection', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(change, pause), { maxLength: 40 }), (actions) => {
        const feed = new ScriptedFeed();
        feed.connect();
        for (const act of actions) act(feed);
        feed.advance(45_000);
        expect(held(feed)).toEqual(stored(feed));
        expect(feed.distrust).toBeNull();
      }),
      { numRuns: 1_000 },
    );
  });

  it('is never trusted for long while it is wrong', () => {
    fc.assert(
      fc.property(story, (actions) => {
        const feed = new ScriptedFeed();
        feed.connect();
        for (const act of actions) {
          act(feed);
          const rightUntil = feed.now;
          while (feed.distrust === null && held(feed).join() !== stored(feed).join()) {
            expect(feed.now - rightUntil).toBeLessThanOrEqual(WRONG_AT_MOST_MS);
            feed.advance(STEP_MS);
          }
        }
      }),
      { numRuns: 1_000 },
    );
  });
});
