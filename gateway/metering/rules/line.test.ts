import { describe, expect, it } from 'vitest';
import { chainsOf } from './chain.ts';
import { pastUseOf, wantsAllReadings } from './line.ts';
import { at, billed, draft, meter, october, read, RULES, shown, ZONE, type Paper } from './testing/on-paper.ts';

const FROZEN = { quality: 'frozen' } as const;
const swapped = [
  meter('A', { removedAt: '2026-10-20T10:00:00', final: '500.00' }),
  meter('B', { replaces: 'A', installedAt: '2026-10-20T11:00:00', initial: '0' }),
];

describe('draftLine', () => {
  it('has no line for a meter that is not yet there, or gone and billed', () => {
    const future = meter('A', { installedAt: '2026-12-01T00:00:00' });
    const gone = meter('A', { removedAt: '2026-10-20T10:00:00', final: '500.00' });
    expect(draft({ meters: [future], readings: [] }).line).toBeNull();
    expect(
      draft({ meters: [gone], readings: [], billed: billed('A', '10-20 10:00', '500', 'manual') }).line,
    ).toBeNull();
    expect(draft({ meters: [gone], readings: [] }).line).toBeNull();
  });

  it('bills what a meter that is gone was not billed for', () => {
    const gone = meter('A', { removedAt: '2026-10-20T10:00:00', final: '500.00' });
    const { line } = draft({ meters: [gone], readings: [], billed: billed('A', '10-01 00:00', '450.00') });
    expect([line?.consumption, line?.reasons.map(({ code }) => code)]).toEqual(['50.00', ['sinceEarlier', 'removed']]);
  });

  it('goes on over a replacement in a month that had no value', () => {
    const readings = [read('B', '12-01 00:00', '60.00', FROZEN)];
    const { line } = draft({ meters: swapped, readings, billed: billed('A', '10-01 00:00', '480.00') });
    expect([line?.consumption, line?.meters]).toEqual(['80.00', ['A', 'B']]);
  });

  it('begins with the new meter where the old one is billed to its end', () => {
    const readings = [read('B', '12-01 00:00', '60.00', FROZEN)];
    const { line } = draft({ meters: swapped, readings, billed: billed('A', '10-20 10:00', '500', 'manual') });
    expect([line?.consumption, line?.meters, shown(line?.opening ?? null)]).toEqual([
      ...['60.00', ['B'], '0.00 manual 10-20 11:00'],
    ]);
  });

  it('bills a meter from its installation where the closed runs end before it', () => {
    const paper: Paper = {
      meters: [meter('A', { installedAt: '2026-10-10T09:00:00', initial: '5' })],
      readings: [read('A', '11-01 00:00', '40.00', FROZEN), read('A', '12-01 00:00', '90.00', FROZEN)],
    };
    const skipped = { ...RULES, lastClosedTo: at('10-01 00:00') };
    expect(draft(paper, skipped).line).toMatchObject({ consumption: '85.00', openingQuality: 'manual' });
    expect(draft(paper, { ...RULES, lastClosedTo: null, firstClosedFrom: null }).line).toMatchObject({
      consumption: '50.00',
      openingQuality: 'frozen',
    });
  });

  it('bills all of a meter that was put up since the first bill and entered after it, also where it is gone again', () => {
    const late = { installedAt: '2026-10-10T09:00:00', initial: '5' };
    const readings = [read('A', '11-12 10:00', '80.00'), read('A', '12-01 00:00', '90.00', FROZEN)];
    expect(draft({ meters: [meter('A', late)], readings }).line).toMatchObject({
      ...{ consumption: '85.00', opening: { value: '5.00', source: 'installation' } },
      reasons: [{ code: 'sinceEarlier' }, { code: 'installed' }],
    });
    const gone = { ...late, removedAt: '2026-10-20T10:00:00', final: '25.00' };
    expect(draft({ meters: [meter('A', gone)], readings: [] }).line?.consumption).toBe('20.00');
    // One that was there before the site billed has no bill to begin with.
    const old = { ...late, installedAt: '2026-09-30T09:00:00' };
    expect(draft({ meters: [meter('A', old)], readings }).line?.consumption).toBeNull();
  });

  it('asks whether what was used before is to be lost where there is a closing value alone', () => {
    const paper: Paper = { meters: [meter('A')], readings: [read('A', '12-01 00:00', '90.00', FROZEN)] };
    const { line, findings } = draft(paper, { ...RULES, lastClosedTo: null, firstClosedFrom: null });
    expect([line?.consumption, line?.billedTo?.value]).toEqual([null, '90.00']);
    expect(findings.map(({ key, weight }) => `${key} ${weight}`)).toEqual(['A:missing warns', 'A:openingMissing note']);
    expect(draft({ meters: [meter('A')], readings: [] }).findings.map(({ code }) => code)).toEqual(['missing']);
  });

  it('ends with a meter that was taken down without a final value where that was billed to its end', () => {
    const gone = meter('A', { removedAt: '2026-10-20T10:00:00' });
    const line = (time: string) => draft({ meters: [gone], readings: [], billed: billed('A', time, '130.00') }).line;
    expect(line('10-20 09:30')).toBeNull();
    // It had no value near its end: nothing is lost yet.
    expect(line('10-01 00:00')).toMatchObject({ consumption: null, closing: null });
    const now = meter('A', { removedAt: '2026-11-20T10:00:00' });
    const readings = [read('A', '11-20 09:30', '130.00')];
    expect(draft({ meters: [now], readings, billed: billed('A', '11-19 00:00', '100.00') }).line?.consumption).toBe(
      '30.00',
    );
  });

  it('bills nothing on from a meter that the registry has lost', () => {
    const { line, findings } = draft({
      meters: [meter('A')],
      readings: [],
      billed: billed('Z', '11-01 00:00', '1.00'),
    });
    expect([line?.consumption, findings.map(({ code, weight }) => `${code} ${weight}`)]).toEqual([
      null,
      ['unknownMeter mend'],
    ]);
  });

  it('wants a value at the removal where nobody noted one, and takes a reading near it', () => {
    const removed = meter('A', { removedAt: '2026-11-12T10:00:00', final: null });
    const opening = billed('A', '11-01 00:00', '100.00');
    const near = draft({ meters: [removed], readings: [read('A', '11-12 09:30', '120.00')], billed: opening });
    expect(near.line?.consumption).toBe('20.00');
    const far = draft({
      meters: [removed],
      readings: [read('A', '11-12 07:30', '120.00')],
      billed: opening,
      history: [october('9')],
    });
    expect([far.line?.consumption, far.line?.reasons[0]?.en]).toEqual([
      null,
      'meter A has no removal value at 2026-11-12 10:00; its last good one is 120.00 at 2026-11-12 07:30',
    ]);
  });

  it('takes the final value of a meter that was removed at the cut itself, and the first of one installed at it', () => {
    const removed = meter('A', { removedAt: '2026-12-01T00:00:00', final: '150.00' });
    const left = draft({
      meters: [removed],
      readings: [read('A', '11-30 23:50', '149.00')],
      billed: billed('A', '11-01 00:00', '100.00'),
    });
    expect([left.line?.consumption, left.line?.closing?.source]).toEqual(['50.00', 'removal']);
    const installed = meter('A', { installedAt: '2026-11-01T00:00:00', initial: '7' });
    const readings = [read('A', '11-01 00:10', '7.50'), read('A', '12-01 00:00', '20.00', FROZEN)];
    expect(draft({ meters: [installed], readings }).line).toMatchObject({
      consumption: '13.00',
      opening: { source: 'installation' },
    });
  });

  it('closes with no value from before its opening', () => {
    const removed = meter('A', { removedAt: '2026-11-01T00:45:00' });
    const readings = [read('A', '11-01 00:30', '99.00')];
    const { line } = draft({ meters: [removed], readings, billed: billed('A', '11-01 00:40', '100.00', 'actual') });
    expect([line?.closing, line?.reasons.map(({ code }) => code)]).toEqual([null, ['missing']]);
  });

  it('does not call late what a person noted two days before the cut', () => {
    const readings = [read('A', '12-01 00:00', '150.00', FROZEN)];
    const { line } = draft({ meters: [meter('A')], readings, billed: billed('A', '10-30 00:00', '100.00', 'manual') });
    expect([line?.consumption, line?.reasons]).toEqual(['50.00', []]);
  });

  it('makes no part of people who moved when the period began', () => {
    const readings = [
      read('A', '11-01 00:00', '100.00', { occasion: 'moveIn' }),
      read('A', '12-01 00:00', '150.00', FROZEN),
    ];
    const { line } = draft({ meters: [meter('A')], readings, billed: billed('A', '11-01 00:00', '100.00') });
    expect([line?.consumption, line?.occupancies]).toEqual(['50.00', []]);
  });

  it('says what those who left used, even where the cut has no value', () => {
    const readings = [read('A', '11-10 10:00', '130.00', { occasion: 'moveOut' })];
    const { line } = draft({ meters: [meter('A')], readings, billed: billed('A', '11-01 00:00', '100.00') });
    expect(line?.occupancies.map(({ begins, ends, consumption }) => [begins, ends, consumption])).toEqual([
      ['period', 'moveOut', '30.00'],
      ['moveOut', 'period', null],
    ]);
    expect([line?.consumption, line?.billedTo?.value]).toEqual([null, '100.00']);
  });

  it('makes no part of the moment between those who leave and those who come', () => {
    const readings = [
      read('A', '11-10 10:00', '130.00', { occasion: 'moveOut' }),
      read('A', '11-10 10:00', '130.00', { occasion: 'moveIn' }),
      read('A', '12-01 00:00', '150.00', FROZEN),
    ];
    const { line } = draft({ meters: [meter('A')], readings, billed: billed('A', '11-01 00:00', '100.00') });
    expect(line?.occupancies.map(({ begins, ends, consumption }) => [begins, ends, consumption])).toEqual([
      ['period', 'moveOut', '30.00'],
      ['moveIn', 'period', '20.00'],
    ]);
  });

  it('divides among occupants over a replacement', () => {
    const meters = [
      meter('A', { removedAt: '2026-11-12T10:00:00', final: '140.00' }),
      meter('B', { replaces: 'A', installedAt: '2026-11-12T11:00:00', initial: '0' }),
    ];
    const readings = [
      read('A', '11-10 10:00', '130.00', { occasion: 'moveIn' }),
      read('B', '12-01 00:00', '25.00', FROZEN),
    ];
    const { line } = draft({ meters, readings, billed: billed('A', '11-01 00:00', '100.00') });
    expect(line?.occupancies.map(({ consumption }) => consumption)).toEqual(['30.00', '35.00']);
    expect(line?.consumption).toBe('65.00');
  });

  it('holds a suspect reading on demand, and warns of suspects elsewhere', () => {
    const readings = [
      read('A', '11-05 00:00', '900.00', { standing: 'suspect' }),
      read('A', '11-06 00:00', '901.00', { standing: 'suspect' }),
      read('A', '11-10 10:00', '0.00', { occasion: 'moveOut', standing: 'suspect' }),
      read('A', '12-01 00:00', '150.00', FROZEN),
    ];
    const { line, findings } = draft({ meters: [meter('A')], readings, billed: billed('A', '11-01 00:00', '100.00') });
    expect(findings.map(({ code, weight }) => `${code} ${weight}`)).toEqual([
      'suspectAtCut mend',
      'suspectInPeriod warns',
    ]);
    expect(line?.reasons.map(({ en }) => en)).toEqual([
      'meter A: 0.00 at 2026-11-10 10:00 is suspect, and held until a clerk has settled it',
      'meter A has unsettled suspect readings in the period: 2, the first 900.00 at 2026-11-05 00:00',
    ]);
  });

  it('says what a person has believed between the cuts, of those settled together the first', () => {
    const accepted = (time: string, value: string) =>
      read('A', time, value, { notes: [`jumped to ${value}`, 'accepted by Li: exchanged'] });
    const readings = [
      accepted('11-05 00:00', '3100.00'),
      accepted('11-06 00:00', '3101.00'),
      read('A', '11-07 00:00', '3102.00', { quality: 'manual', notes: ['entered by Wang'] }),
      read('A', '11-08 00:00', '3103.00', { standing: 'rejected', notes: ['rejected by Li'] }),
      read('A', '12-01 00:00', '3150.00', { ...FROZEN, notes: ['at the cut'] }),
    ];
    const { line } = draft({ meters: [meter('A')], readings, billed: billed('A', '11-01 00:00', '100.00') });
    expect(line?.reasons.map(({ code, en }) => `${code}: ${en}`)).toEqual([
      'noted: meter A: at the cut',
      'notedInPeriod: meter A, 3100.00 at 2026-11-05 00:00: jumped to 3100.00; accepted by Li: exchanged; 2 readings were settled so',
      'notedInPeriod: meter A, 3102.00 at 2026-11-07 00:00: entered by Wang',
    ]);
  });

  it('estimates only where the site allows it, and never over the top of the register', () => {
    const paper = { meters: [meter('A', { digits: 3 })], readings: [], history: [october('31')] };
    const near = { ...paper, billed: billed('A', '11-01 00:00', '100.00') };
    expect(draft(near).line?.consumption).toBe('30.00');
    expect(draft(near, { ...RULES, estimates: false }).line?.consumption).toBeNull();
    expect(draft({ ...paper, billed: billed('A', '11-01 00:00', '969.99') }).line?.consumption).toBe('30.00');
    expect(draft({ ...paper, billed: billed('A', '11-01 00:00', '970.00') }).line?.consumption).toBeNull();
    expect(
      draft({ ...near, history: [{ ...october('31'), isEstimated: true }, october('62')] }).line?.consumption,
    ).toBe('60.00');
  });

  it.each([
    ['9700.00', '160.00', 'actual', true],
    ['9700.00', '160.00', 'estimated', true],
    ['9950.00', '60.00', 'actual', false],
    ['100.00', '160.00', 'actual', false],
  ] as const)('from %s to %s (%s): all readings wanted: %s', (from, to, quality, expected) => {
    const opening = billed('A', '11-01 00:00', from, quality);
    const { line } = draft({
      meters: [meter('A', { digits: 4 })],
      readings: [read('A', '12-01 00:00', to)],
      billed: opening,
    });
    expect(line && wantsAllReadings(line)).toBe(expected);
  });

  it('names the quantity, and gives the next month its past', () => {
    const paper: Paper = {
      meters: [meter('H', { utility: 'hotWater', home: null })],
      readings: [read('H', '12-01 00:00', '3.50')],
      billed: billed('H', '11-01 00:00', '1.25', 'estimated'),
    };
    const { line } = draft(paper);
    expect(line).toMatchObject({ obis: '9-0:1.0.0', unit: 'm3', home: null, period: '2026-11', chain: 'H' });
    expect(line && pastUseOf(line)).toEqual({
      ...{ consumption: '2.25', from: at('11-01 00:00'), to: at('12-01 00:00'), isEstimated: true },
    });
  });
});

describe('chainsOf', () => {
  it('puts meters in the order in which they took each other’s place', () => {
    const chains = chainsOf(
      [meter('C', { replaces: 'B' }), meter('X'), meter('B', { replaces: 'A' }), meter('A')],
      ZONE,
    );
    expect(chains.map(({ id, stays }) => [id, stays.map((stay) => stay.meter.number)])).toEqual([
      ['X', ['X']],
      ['A', ['A', 'B', 'C']],
    ]);
  });

  it('begins with a meter whose predecessor is not in the registry any more', () => {
    const left = [meter('B', { replaces: 'A' }), meter('C', { replaces: 'A' })];
    expect(chainsOf(left, ZONE)).toMatchObject([{ id: 'B' }, { id: 'C' }]);
  });

  it.each([
    ['a ring', [meter('A', { replaces: 'B' }), meter('B', { replaces: 'A' })]],
    ['two in one place', [meter('A'), meter('B', { replaces: 'A' }), meter('C', { replaces: 'A' })]],
  ])('refuses %s rather than to leave a meter out', (_, meters) => {
    expect(() => chainsOf(meters, ZONE)).toThrow(RangeError);
  });
});
