import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EventRow } from '../store/rows.ts';
import { composeReport, sequenceOf } from './compose.ts';
import { nextOf, reportOf, type AlarmCodes, type Report } from './report.ts';

const FIRE: AlarmCodes = { sia: 'FA', contactId: 110 };
const SETTINGS = { format: 'sia-dcs', drills: false } as const;
const AT = Date.parse('2026-03-09T02:15:31Z');

function event(data: Readonly<Record<string, unknown>>): EventRow {
  const usual = {
    alarm: 'gate--fire-alarm',
    alarmType: 'fire.alarm',
    type: 'raise',
    to: 'B',
    priority: 1,
    drill: false,
  };
  const row = { id: 'x', epoch: 1, recordedAt: AT, domain: 'alarm', type: 'fire.alarm', source: 'gate' };
  return { ...row, seq: 7, at: AT, data: { ...usual, ...data } };
}

const NOTHING = (): EventRow[] => [];

function report(data: Readonly<Record<string, unknown>> = {}, codes = FIRE): Report {
  const made = reportOf(event(data), codes, SETTINGS, NOTHING);
  if (!made) throw new Error('no report');
  return made;
}

describe('reportOf', () => {
  it.each([
    [{ type: 'raise', to: 'B' }, 'new'],
    [{ type: 'unshelve', to: 'B' }, 'new'],
    [{ type: 'placeInService', to: 'B' }, 'new'],
    [{ type: 'clear', to: 'D' }, 'restore'],
    [{ type: 'clear', to: 'G' }, 'restore'],
  ])('reports %j as %s', (data, kind) => {
    expect(report(data).kind).toBe(kind);
  });

  it.each([
    { type: 'ack', to: 'C' },
    { type: 'raiseAgain', to: 'B' },
    { type: 'raise', to: 'G' },
    { type: 'raise', to: 'I' },
    { type: 'unshelve', to: 'C' },
    { type: 'escalate', to: 'B' },
    { drill: true },
  ])('does not report %j', (data) => {
    expect(reportOf(event(data), FIRE, SETTINGS, NOTHING)).toBeNull();
  });

  describe('an end that comes while the alarm is hidden', () => {
    const OTHER = { alarm: 'gate--input-tamper', type: 'raise', to: 'B' };
    const isReported = (...earlier: readonly Readonly<Record<string, unknown>>[]): boolean =>
      reportOf(event({ type: 'clear', to: 'H' }), FIRE, SETTINGS, () => earlier.map(event)) !== null;

    it('is reported where the station was told of its beginning', () => {
      expect(isReported({ type: 'suppress', to: 'H' }, { type: 'raise', to: 'B' })).toBe(true);
      expect(
        isReported({ type: 'raiseAgain', to: 'G' }, { type: 'shelve', to: 'G' }, { type: 'unshelve', to: 'B' }),
      ).toBe(true);
    });

    it('is not reported where it began while it was hidden, whatever was told of it before or of others since', () => {
      expect(
        isReported(OTHER, { type: 'raise', to: 'H' }, { type: 'clear', to: 'A' }, { type: 'raise', to: 'B' }),
      ).toBe(false);
    });

    it('is reported where its beginning is no longer known', () => {
      expect(isReported(OTHER, { type: 'suppress', to: 'H' })).toBe(true);
    });
  });

  it('reports drills where that is asked for', () => {
    expect(reportOf(event({ drill: true }), FIRE, { ...SETTINGS, drills: true }, NOTHING)).not.toBeNull();
  });

  it('does not report what has no code of the format', () => {
    expect(reportOf(event({}), { sia: 'IA', contactId: null }, { ...SETTINGS, format: 'adm-cid' }, NOTHING)).toBeNull();
    expect(reportOf(event({}), { sia: 'ZZ' }, SETTINGS, NOTHING)).toBeNull();
    expect(reportOf(event({}), undefined, SETTINGS, NOTHING)).toBeNull();
  });
});

describe('nextOf', () => {
  const of = (alarm: string, urgency: number, seq: number): Report => ({ ...report(), alarm, urgency, seq });

  it('takes fire first, then by priority, then the oldest', () => {
    const waiting = [of('a', 2, 1), of('b', 1, 2), of('c', 1, 3), of('d', report().urgency, 4)];
    expect(nextOf(waiting)?.alarm).toBe('d');
    expect(nextOf(waiting.slice(0, 3))?.alarm).toBe('b');
    expect(nextOf([])).toBeUndefined();
  });

  it('never lets an end overtake its beginning', () => {
    const some = fc.array(fc.tuple(fc.constantFrom('a', 'b', 'c'), fc.nat(4)), { minLength: 1 });
    fc.assert(
      fc.property(some, (list) => {
        let waiting = list.map(([alarm, urgency], seq) => of(alarm, urgency, seq));
        const sent: Report[] = [];
        for (let next = nextOf(waiting); next; next = nextOf(waiting)) {
          const { seq } = next;
          sent.push(next);
          waiting = waiting.filter((one) => one.seq !== seq);
        }
        for (const alarm of ['a', 'b', 'c']) {
          const seqs = sent.filter((one) => one.alarm === alarm).map(({ seq }) => seq);
          expect(seqs).toEqual(seqs.toSorted((one, other) => one - other));
        }
      }),
    );
  });
});

describe('composeReport', () => {
  const settings = { account: 'A1B2C3', line: '0', zones: { gate: 11 } };

  it('is a SIA event with its name for a person, or a Contact ID event', () => {
    expect(composeReport(report(), '大门 火警', { ...settings, format: 'sia-dcs' }, AT)).toEqual({
      ...{ id: 'SIA-DCS', sequence: '0007', receiver: null, line: '0', account: 'A1B2C3' },
      ...{ data: ['#A1B2C3|Nri1/FA0011', 'I大门 火警'], occurredAt: null },
    });
    expect(composeReport(report(), '', { ...settings, format: 'adm-cid' }, AT).data).toEqual(['#A1B2C3|1110 01 011']);
  });

  it('is a restore when it is over', () => {
    const over = report({ type: 'clear', to: 'D' });
    expect(composeReport(over, '', { ...settings, format: 'sia-dcs' }, AT).data[0]).toBe('#A1B2C3|Nri1/FR0011');
    expect(composeReport(over, '', { ...settings, format: 'adm-cid' }, AT).data[0]).toBe('#A1B2C3|3110 01 011');
  });

  it('is of zone 0 where the source has none, whatever it is called', () => {
    const named = { ...report(), source: 'constructor' };
    expect(composeReport(named, '', { ...settings, format: 'sia-dcs' }, AT).data[0]).toBe('#A1B2C3|Nri1/FA0000');
  });

  it('says when it happened, where it is told late', () => {
    const composed = (now: number) => composeReport(report(), '', { ...settings, format: 'adm-cid' }, now);
    expect([composed(AT + 20_000).occurredAt, composed(AT + 20_001).occurredAt]).toEqual([null, AT]);
  });

  it('leaves out of a name what would end the field', () => {
    const { data } = composeReport(report(), 'a]b[c|d\r', { ...settings, format: 'sia-dcs' }, AT);
    expect(data[1]).toBe('Ia b c d ');
  });

  it.each([
    [1, '0001'],
    [9_999, '9999'],
    [10_000, '0001'],
  ])('gives event %i the sequence %s', (seq, sequence) => {
    expect(sequenceOf(seq)).toBe(sequence);
  });
});
