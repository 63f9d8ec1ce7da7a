/**
 * Random sequences against a model drawn from the table of docs/alarms.md and not from the code: the letter underneath, and
 * what hides it. `MODEL_RUNS` sets how many sequences: 1,000 unless told, 100,000 each night.
 */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { AlarmRow } from '../store/rows.ts';
import { normalRow, transition, type AlarmEvent } from './lifecycle.ts';

const RUNS = Number(process.env['MODEL_RUNS'] ?? 1_000);
const HOUR_MS = 3_600_000;

type Letter = 'A' | 'B' | 'C' | 'D' | 'E' | 'F';
type Sent = AlarmEvent['type'];
type Arrows = Partial<Record<`${Letter} ${Sent}`, Letter>>;

const BOTH: Arrows = {
  'B escalate': 'B',
  'C reAlarm': 'B',
  'B raise': 'B',
  'C raise': 'C',
  'A raise': 'B',
  'B ack': 'C',
};
const PLAIN: Arrows = {
  ...BOTH,
  ...{ 'D raise': 'B', 'B clear': 'D', 'C clear': 'A', 'D ack': 'A', 'D escalate': 'D' },
};
const LATCHING: Arrows = {
  ...BOTH,
  ...{
    'E raise': 'B',
    'F raise': 'B',
    'B clear': 'E',
    'C clear': 'F',
    'E ack': 'F',
    'F reset': 'A',
    'E escalate': 'E',
  },
};
/** What people and time do not do to what is hidden. */
const ON_WHAT_IS_SEEN: readonly Sent[] = ['ack', 'reset', 'reAlarm', 'escalate'];
const BY_PEOPLE: readonly Sent[] = [
  ...(['ack', 'reset', 'shelve', 'unshelve', 'removeFromService', 'placeInService', 'drill', 'endDrill'] as const),
];

interface Model {
  readonly arrows: Arrows;
  readonly priority: number;
  letter: Letter;
  readonly hiding: Set<'shelf' | 'permit' | 'cause1' | 'cause2'>;
  readonly occurrences: (string | null)[];
  count: number;
  /** Seen by people in this occurrence. */
  told: boolean;
  /** Raised where people could see it, and nobody has acknowledged it since. */
  owesAnswer: boolean;
  /** Its last occurrence is a drill. */
  drill: boolean;
}

interface Real {
  row: AlarmRow;
  seq: number;
  now: number;
}

function shown({ letter, hiding }: Model): string {
  if (hiding.has('permit')) return 'I';
  if (hiding.has('cause1') || hiding.has('cause2')) return 'H';
  return hiding.has('shelf') ? 'G' : letter;
}

class Step implements fc.Command<Model, Real> {
  readonly type: Sent;
  readonly sound: boolean;
  readonly cause: 'cause1' | 'cause2';
  readonly waitMs: number;

  /** Unsound: the decision names an old revision, or lacks its note. `waitMs` may be negative. */
  constructor(type: Sent, sound: boolean, cause: Step['cause'], waitMs: number) {
    this.type = type;
    this.sound = sound;
    this.cause = cause;
    this.waitMs = waitMs;
  }

  check = () => true;
  toString = () => `${this.type}${this.sound ? '' : '!'} ${this.cause} after ${this.waitMs}`;

  run(model: Model, real: Real): void {
    real.now += this.waitMs;
    const before = real.row;
    const from = shown(model);
    const result = transition(before, this.#event(real));
    const takesEffect = this.#move(model);
    const mayRefuse = BY_PEOPLE.includes(this.type);
    expect([this.type, result.kind]).toEqual([this.type, takesEffect ? 'change' : mayRefuse ? 'refused' : 'none']);
    if (result.kind !== 'change') return;
    const { after } = result.change;
    expect([result.change.from, after.letter]).toEqual([from, shown(model)]);
    this.#mustHold(model, before, after);
    real.seq += 1;
    real.row = { ...after, rev: real.seq };
  }

  #event({ row, now }: Real): AlarmEvent {
    const { type, sound, cause } = this;
    const said = { at: now, by: 'li', note: sound ? 'seen to' : ' ', occurrenceId: row.occurrenceId, rev: row.rev };
    switch (type) {
      case 'raise':
        return { type, at: now, latching: row.type === 'latching', afterOutage: !sound };
      case 'clear':
      case 'reAlarm':
      case 'escalate':
        return { type, at: now };
      case 'suppress':
      case 'unsuppress':
        return { type, at: now, cause };
      case 'ack':
        return { type, ...said, rev: sound ? row.rev : row.rev - 1 };
      case 'reset':
        return { type, ...said };
      case 'shelve':
        return { type, ...said, until: now + HOUR_MS, limits: { shelvable: true, maxMs: HOUR_MS } };
      case 'removeFromService':
        return { type, ...said, permitted: true };
      case 'drill':
        return { type, ...said, endsAt: now + HOUR_MS, latching: row.type === 'latching', drillable: sound };
      case 'unshelve':
      case 'placeInService':
      case 'endDrill':
        return { type, at: now, by: 'li', note: null };
    }
  }

  /** Whether anything changes, as the table has it. */
  #move(model: Model): boolean {
    const { hiding } = model;
    const wasHidden = hiding.size > 0;
    switch (this.type) {
      case 'shelve':
        return this.sound && model.priority > 1 && hiding.add('shelf').size > 0;
      case 'removeFromService':
        return this.sound && hiding.add('permit').size > 0;
      case 'suppress':
        return model.priority > 1 && !hiding.has(this.cause) && hiding.add(this.cause).size > 0;
      case 'unshelve':
        return this.#show(model, hiding.delete('shelf'));
      case 'placeInService':
        return this.#show(model, hiding.delete('permit'));
      case 'unsuppress':
        return this.#show(model, hiding.delete(this.cause), true);
      case 'drill':
        return this.sound && !wasHidden && model.letter === 'A' && this.#begin(model, true, false);
      case 'endDrill':
        if (!model.drill || !'BC'.includes(model.letter)) return false;
        model.letter = model.arrows[`${model.letter} clear`] ?? 'A';
        return true;
      case 'raise':
        return model.drill ? this.#begin(model, false, wasHidden) : this.#follow(model, wasHidden);
      case 'clear':
      case 'ack':
      case 'reset':
      case 'reAlarm':
      case 'escalate':
        if (wasHidden && ON_WHAT_IS_SEEN.includes(this.type)) return false;
        if (!this.sound && BY_PEOPLE.includes(this.type)) return false;
        return this.#follow(model, wasHidden);
    }
  }

  /** A drill, or an alarm over one. */
  #begin(model: Model, drill: boolean, isHidden: boolean): boolean {
    Object.assign(model, { letter: 'B', count: 1, told: !isHidden, owesAnswer: !isHidden, drill });
    return true;
  }

  /** `explained`: what ends is a cause, which may have been the whole story. */
  #show(model: Model, ended: boolean, explained = false): boolean {
    if (!ended || model.hiding.size > 0) return ended;
    if (model.letter === 'C') model.letter = 'B';
    if (explained && !model.told && model.letter === 'D') model.letter = 'A';
    else model.told = true;
    return true;
  }

  #follow(model: Model, wasHidden: boolean): boolean {
    const to = model.arrows[`${model.letter} ${this.type}`];
    if (to === undefined) return false;
    if (this.type === 'raise') {
      model.count = model.letter === 'A' ? 1 : model.count + 1;
      model.told = !wasHidden || (model.told && model.letter !== 'A');
      if (model.letter !== 'C' && !wasHidden) model.owesAnswer = true;
    }
    if (this.type === 'ack') model.owesAnswer = false;
    model.letter = to;
    return true;
  }

  #mustHold(model: Model, before: AlarmRow, after: AlarmRow): void {
    if (!before.acked && after.acked && model.told) expect(this.type).toBe('ack');
    if (before.latched && !after.latched) expect(this.type).toBe('reset');
    expect([after.count, after.drill]).toEqual([model.count, model.drill]);
    if (after.occurrenceId !== before.occurrenceId) {
      const wasNormal = before.acked && !before.active && !before.latched;
      expect(this.type === 'raise' ? wasNormal || before.drill : this.type === 'drill' && wasNormal).toBe(true);
      expect(model.occurrences).not.toContain(after.occurrenceId);
      model.occurrences.push(after.occurrenceId);
    }
    const isShown = before.letter > 'F' && after.letter <= 'F';
    if (isShown && after.active)
      expect([after.letter, after.announcedAt, after.escalation]).toEqual(['B', after.changedAt, 0]);
    if (after.letter !== 'A') return;
    expect(model.owesAnswer).toBe(false);
    const { active, acked, latched, shelved, suppressed, outOfService, raisedWhileSuppressed } = after;
    expect([active, !acked, latched, shelved, suppressed, outOfService, raisedWhileSuppressed]).not.toContain(true);
    expect([after.shelving, after.permit, after.suppressedBy]).toEqual([null, null, []]);
  }
}

const TYPES: readonly Sent[] = [
  ...(['raise', 'clear', 'ack', 'reset', 'reAlarm', 'escalate', 'shelve', 'unshelve'] as const),
  ...(['suppress', 'unsuppress', 'removeFromService', 'placeInService', 'drill', 'endDrill'] as const),
];

it.each([
  ['plain', 3, PLAIN],
  ['latching', 2, LATCHING],
  ['latching', 1, LATCHING],
] as const)('a %s alarm of priority %i follows the model through any sequence', (type, priority, arrows) => {
  const step = fc
    .tuple(
      fc.constantFrom(...TYPES),
      fc.boolean(),
      fc.constantFrom('cause1', 'cause2'),
      fc.integer({ min: -5, max: 10 }),
    )
    .map(([sent, unsound, cause, waitMs]) => new Step(sent, !unsound, cause, waitMs));
  const seen = new Set<string>();
  fc.assert(
    fc.property(fc.commands([step], { maxCommands: 60 }), (commands) => {
      const identity = { alarm: 'a', source: 's', device: 'd', type, channel: null, priority };
      const row = normalRow(identity);
      fc.modelRun(() => {
        const model: Model = {
          arrows,
          priority,
          letter: 'A',
          hiding: new Set(),
          occurrences: [],
          count: 0,
          told: true,
          owesAnswer: false,
          drill: false,
        };
        return { model, real: { row, seq: 0, now: 1000 } };
      }, commands);
      for (const command of commands) seen.add((command as unknown as { cmd: Step }).cmd.type);
    }),
    { numRuns: RUNS },
  );
  // A model that was never asked agrees with everything.
  expect([...seen].sort()).toEqual([...TYPES].sort());
});
