/** Random sequences against a model that knows letters only, drawn from the table and not from the code. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { AlarmRow } from '../store/rows.ts';
import { normalRow, transition, type AlarmEvent } from './lifecycle.ts';

type Arrow = `${'A' | 'B' | 'C' | 'D' | 'E' | 'F'} ${'raise' | 'clear' | 'ack' | 'reset'}`;
const PLAIN: Partial<Record<Arrow, string>> = {
  'A raise': 'B', 'D raise': 'B', 'B raise': 'B', 'C raise': 'C',
  'B clear': 'D', 'C clear': 'A', 'B ack': 'C', 'D ack': 'A',
}; // prettier-ignore
const LATCHING: Partial<Record<Arrow, string>> = {
  'A raise': 'B', 'E raise': 'B', 'F raise': 'B', 'B raise': 'B', 'C raise': 'C',
  'B clear': 'E', 'C clear': 'F', 'B ack': 'C', 'E ack': 'F', 'F reset': 'A',
}; // prettier-ignore

interface Model {
  readonly arrows: Partial<Record<Arrow, string>>;
  letter: string;
  occurrences: string[];
  count: number;
  /** A person has seen the latest raise. */
  attended: boolean;
}
interface Real {
  row: AlarmRow;
  seq: number;
  now: number;
}

class Step implements fc.Command<Model, Real> {
  readonly type: 'raise' | 'clear' | 'ack' | 'reset';
  readonly sound: boolean;
  readonly waitMs: number;

  /** `sound`: the decision names the latest revision and the reset has its note. `waitMs` may be negative. */
  constructor(type: Step['type'], sound: boolean, waitMs: number) {
    this.type = type;
    this.sound = sound;
    this.waitMs = waitMs;
  }

  check = () => true;
  toString = () => `${this.type}${this.sound ? '' : '!'} after ${this.waitMs}`;

  run(model: Model, real: Real): void {
    real.now += this.waitMs;
    const before = real.row;
    const result = transition(before, this.#event(model, real));
    const isDecision = this.type === 'ack' || this.type === 'reset';
    const to = isDecision && !this.sound ? undefined : model.arrows[`${model.letter} ${this.type}` as Arrow];
    expect(result.kind).toBe(to === undefined ? (isDecision ? 'refused' : 'none') : 'change');
    if (result.kind !== 'change' || to === undefined) return;
    const { after, from } = result.change;
    expect([from, after.letter]).toEqual([model.letter, to]);
    this.#follow(model, to, after);
    this.#mustHold(model, before, after);
    real.seq += 1;
    real.row = { ...after, rev: real.seq };
  }

  #event(model: Model, { row, now }: Real): AlarmEvent {
    if (this.type === 'raise') {
      return { type: 'raise', at: now, latching: model.arrows === LATCHING, afterOutage: !this.sound };
    }
    if (this.type === 'clear') return { type: 'clear', at: now };
    const note = this.type === 'reset' && !this.sound ? null : 'seen to';
    const rev = this.type === 'ack' && !this.sound ? row.rev - 1 : row.rev;
    return { type: this.type, at: now, occurrenceId: row.occurrenceId ?? '', rev, by: 'li', note };
  }

  #follow(model: Model, to: string, after: AlarmRow): void {
    if (this.type === 'raise') {
      const isNew = model.letter === 'A';
      model.count = isNew ? 1 : model.count + 1;
      if (model.letter !== 'C') model.attended = false;
      if (isNew) {
        expect(model.occurrences).not.toContain(after.occurrenceId);
        model.occurrences.push(after.occurrenceId ?? '');
      }
    }
    if (this.type === 'ack') model.attended = true;
    model.letter = to;
    expect(after.count).toBe(model.count);
    expect(after.occurrenceId).toBe(model.occurrences.at(-1));
  }

  #mustHold(model: Model, before: AlarmRow, after: AlarmRow): void {
    if (!before.acked && after.acked) expect(this.type).toBe('ack');
    if (before.latched && !after.latched) expect(this.type).toBe('reset');
    if (after.letter !== 'A') return;
    expect(model.attended).toBe(true);
    const { active, acked, latched, shelved, suppressed, outOfService, raisedWhileSuppressed } = after;
    expect([active, !acked, latched, shelved, suppressed, outOfService, raisedWhileSuppressed]).not.toContain(true);
  }
}

it.each([
  ['plain', PLAIN],
  ['latching', LATCHING],
])('a %s alarm follows the model through any sequence', (_, arrows) => {
  const steps = (['raise', 'clear', 'ack', 'reset'] as const).map((type) =>
    fc
      .tuple(fc.boolean(), fc.integer({ min: -5, max: 10 }))
      .map(([unsound, waitMs]) => new Step(type, !unsound, waitMs)),
  );
  fc.assert(
    fc.property(fc.commands(steps, { maxCommands: 60 }), (commands) => {
      const identity = { alarm: 'a', source: 's', device: 'd', type: 't.x', channel: null, priority: 2 };
      fc.modelRun(
        () => ({
          model: { arrows, letter: 'A', occurrences: [], count: 0, attended: true },
          real: { row: normalRow(identity), seq: 0, now: 1000 },
        }),
        commands,
      );
    }),
    { numRuns: 300 },
  );
});
