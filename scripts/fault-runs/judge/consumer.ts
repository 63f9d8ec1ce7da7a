/**
 * A consumer knows at every moment whether it is up to date: whenever it says that its data can be trusted, it has told of every
 * transition up to there, or of the state that came of it. Pure.
 */
import { isDeepStrictEqual } from 'node:util';
import type { StoredEvent } from '../../../gateway/end-to-end/testing/stored.ts';
import type { ConsumerLine } from '../consumer-lines.ts';
import type { Judged } from './judged.ts';

/** `lives`: what each of its lives has said, from start to kill. */
export function judgeConsumer(lives: readonly (readonly ConsumerLine[])[], events: readonly StoredEvent[]): Judged {
  const journal = new Journal(events);
  const all = lives.map((lines, i) => judgeLife(lines, journal, `life ${i + 1} of the consumer`));
  const sum = (figure: 'told' | 'again' | 'asStates'): number => all.reduce((total, life) => total + life[figure], 0);
  const findings = all.flatMap((life) => life.findings);
  if (sum('told') === 0) findings.push('the consumer was told of nothing');
  const looked =
    `${lives.length} lives of the consumer: ${sum('told')} transitions told (${sum('again')} twice), ` +
    `${sum('asStates')} missed ones told as the state that came of them`;
  return { findings, looked };
}

interface Life {
  readonly findings: readonly string[];
  readonly told: number;
  readonly again: number;
  readonly asStates: number;
}

function judgeLife(lines: readonly ConsumerLine[], journal: Journal, who: string): Life {
  const findings: string[] = [];
  const told = new Set<number>();
  /** By alarm: the newest event after which its state was told. */
  const stood = new Map<string, number>();
  /** Through which event all is accounted for; null before the consumer has first been in step. */
  let through: number | null = null;
  let [again, asStates] = [0, 0];
  for (const line of lines) {
    if (line.kind === 'happened') {
      const { seq, data } = line.event;
      if (told.has(seq)) again += 1;
      told.add(seq);
      if (!journal.has(seq, data)) findings.push(`${who} was told of event ${seq}, which is not so in the journal`);
    } else if (line.kind === 'stands') for (const { alarm, rev } of line.alarms) stood.set(alarm, rev);
    else if (line.kind !== 'connection' && line.distrust === null) {
      const { seq: now } = line;
      const untold = through === null ? [] : journal.between(through, now).filter(({ seq }) => !told.has(seq));
      const silent = untold.filter((event) => !isCovered(event, stood, journal, now));
      asStates += untold.length - silent.length;
      for (const { seq } of silent)
        findings.push(`${who} trusts its data at event ${now}, and was never told of event ${seq}`);
      through = Math.max(through ?? 0, now);
    }
  }
  return { findings, told: told.size, again, asStates };
}

/** Somebody who was told how an alarm stands after an event, or knows it as normal, as it is, has not missed it silently. */
function isCovered(event: StoredEvent, stood: ReadonlyMap<string, number>, journal: Journal, now: number): boolean {
  const alarm = String(event.data['alarm']);
  return (stood.get(alarm) ?? 0) >= event.seq || journal.letter(alarm, now) === 'A';
}

/** The transitions, for questions that are asked often. */
class Journal {
  readonly #transitions: readonly StoredEvent[];
  readonly #bySeq: ReadonlyMap<number, StoredEvent>;

  constructor(events: readonly StoredEvent[]) {
    this.#transitions = events.filter(({ domain }) => domain === 'alarm');
    this.#bySeq = new Map(this.#transitions.map((event) => [event.seq, event]));
  }

  /** Whether the event is there, with everything that both it and `told` say. */
  has(seq: number, told: Readonly<Record<string, unknown>>): boolean {
    const data = this.#bySeq.get(seq)?.data;
    return (
      data !== undefined &&
      Object.entries(told).every(([key, value]) => !(key in data) || isDeepStrictEqual(value, data[key]))
    );
  }

  /** After `from`, up to `to`. */
  between(from: number, to: number): readonly StoredEvent[] {
    return this.#transitions.slice(this.#countThrough(from), this.#countThrough(to));
  }

  /** Of an alarm, after event `seq`. */
  letter(alarm: string, seq: number): unknown {
    const through = this.#transitions.slice(0, this.#countThrough(seq));
    return through.findLast(({ data }) => data['alarm'] === alarm)?.data['to'] ?? 'A';
  }

  /** How many are no newer than `seq`. */
  #countThrough(seq: number): number {
    let [low, high] = [0, this.#transitions.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#transitions[middle]?.seq ?? Infinity) <= seq) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
