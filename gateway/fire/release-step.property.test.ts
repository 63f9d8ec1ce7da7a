/** Random fires, dead devices, hands that close barriers, and restarts: what must hold whatever happens. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Opened } from './testing/opened.ts';

type Happening =
  | 'raise'
  | 'open'
  | 'fail'
  | 'failOtherwise'
  | 'close'
  | 'away'
  | 'back'
  | 'restart'
  | number
  | { readonly reset: number };

const happening: fc.Arbitrary<Happening> = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom('raise', 'open', 'fail', 'failOtherwise', 'close') },
  { weight: 1, arbitrary: fc.constantFrom('away', 'back', 'restart') },
  { weight: 3, arbitrary: fc.integer({ min: 1, max: 20_000 }) },
  { weight: 1, arbitrary: fc.record({ reset: fc.nat({ max: 5 }) }) },
);

/** What ends the command under way, or forgets it. */
const FREEING: ReadonlySet<Happening> = new Set(['open', 'fail', 'failOtherwise', 'restart']);

class Night extends Opened {
  #raised = 0;
  failedAt = -Infinity;

  /** Returns what the journal was told. */
  happen(what: Happening): ReturnType<Opened['look']> {
    if (typeof what === 'number') return this.wait(what);
    if (typeof what === 'object') {
      const events = this.reset(this.causes[what.reset % (this.causes.length || 1)]?.occurrenceId ?? '');
      // The next fire is another one.
      if (this.causes.length === 0) this.failedAt = -Infinity;
      return events;
    }
    switch (what) {
      case 'raise':
        return this.raise(`o${++this.#raised}`);
      case 'open':
        return this.opens();
      case 'fail':
      case 'failOtherwise':
        if (this.command !== null && this.causes.length > 0) this.failedAt = this.now;
        return this.fails(what);
      case 'close':
        this.now += 1;
        return this.closes();
      case 'away':
      case 'back':
        this.heard = { isOnline: what === 'back', since: this.now };
        return this.look();
      case 'restart': {
        const before = this.answered();
        this.restart();
        // A command that is no longer known of is given again at once.
        this.failedAt = -Infinity;
        const standing = new Set(this.causes.map(({ occurrenceId }) => occurrenceId));
        expect(this.answered().filter((id) => standing.has(id))).toEqual(before.filter((id) => standing.has(id)));
        return this.look();
      }
    }
  }
}

it('asks by one command at a time, only while an alarm stands unanswered, never sooner than a second after a failure', () => {
  fc.assert(
    fc.property(fc.array(happening, { maxLength: 60 }), (happenings) => {
      const night = new Night();
      for (const what of happenings) {
        const wasFree = night.command === null || FREEING.has(what);
        const asked = night.asks.length;
        night.happen(what);
        if (night.asks.length === asked) continue;
        expect(wasFree).toBe(true);
        expect(night.asks.length).toBe(asked + 1);
        expect(night.causes.some(({ occurrenceId }) => !night.answered().includes(occurrenceId))).toBe(true);
        expect(night.now - night.failedAt).toBeGreaterThanOrEqual(1_000);
      }
    }),
    { numRuns: 2_000 },
  );
});

it('ends with every standing alarm answered, and the journal saying so, once the device does as it is told', () => {
  fc.assert(
    fc.property(fc.array(happening, { maxLength: 60 }), (happenings) => {
      const night = new Night();
      for (const what of happenings) night.happen(what);
      for (let tries = 0; tries < 4; tries += 1) {
        night.wait(60_000);
        night.opens();
      }
      const standing = night.causes.map(({ occurrenceId }) => occurrenceId).sort();
      expect(night.answered()).toEqual(standing);
      for (const occurrenceId of standing) {
        const told = night.journal().filter((event) => event.occurrenceId === occurrenceId);
        expect([told[0]?.type, told.at(-1)?.type]).toEqual(['releaseAsked', 'releaseAnswered']);
      }
    }),
    { numRuns: 2_000 },
  );
});

it('tells of no opening that was not seen', () => {
  fc.assert(
    fc.property(fc.array(happening, { maxLength: 60 }), (happenings) => {
      const night = new Night();
      for (const what of happenings) {
        const hadCommand = night.command !== null;
        const answers = night.happen(what).filter(({ type }) => type === 'releaseAnswered');
        if (answers.length > 0) expect([what, hadCommand]).toEqual(['open', true]);
      }
    }),
    { numRuns: 1_000 },
  );
});
