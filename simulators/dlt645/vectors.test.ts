/** Every answer among the vectors is what a meter that has these values says, byte for byte. */
import { describe, expect, it } from 'vitest';
import { vectors1997, vectors2007, type Vector } from '../../drivers/dlt645/testing/vectors.ts';
import { nothing } from '../metering/drawn.ts';
import { localMs, parseLocal } from '../metering/local-time.ts';
import { MeterClock } from '../metering/meter-clock.ts';
import { createRegister } from '../metering/register.ts';
import { wireReply, wireRequest } from '../testing/dlt645-frames.ts';
import { testMeter, type TestMeterOptions } from '../testing/dlt645-meters.ts';
import { measure, type Instantaneous } from './instantaneous.ts';

const NOW = localMs(2026, 11, 1, 12);
const still: Instantaneous = measure('0', 3, 0, NOW);

/** A clock that shows `text` at NOW. */
function showing(text: string): { clock: MeterClock } {
  return { clock: new MeterClock({ since: NOW, aheadMs: (parseLocal(text) ?? NaN) - NOW }) };
}

const measured = (values: Partial<Instantaneous>) => ({
  phases: 3 as const,
  measured: () => ({ ...still, ...values }),
});

/** What the meter is like that gives the answer: what it has counted and measures, not what bytes it sends. */
const METERS: Readonly<Record<string, TestMeterOptions>> = {
  '2007-001': { initial: [202_106_260] },
  '2007-002': { initial: [4] },
  '2007-003': { initial: [27] },
  '2007-004': { initial: [123_456_000, 789] },
  '2007-005': { initial: [0] },
  '2007-006': { initial: [269] },
  '2007-008': { initial: [1_234_567] },
  '2007-010': measured({ voltages: [1_001] }),
  '2007-011': measured({ voltages: [2_297] }),
  '2007-013': measured({ currents: [803] }),
  '2007-015': measured({ active: [2_512] }),
  '2007-017': measured({ reactive: [480] }),
  '2007-019': measured({ apparent: [31] }),
  '2007-021': measured({ powerFactors: [972] }),
  '2007-026': {},
  '2007-027': {},
  '2007-028': showing('2026-11-01T18:53:32'),
  '2007-030': showing('2016-01-11T09:00:00'),
  '2007-031': {},
  '2007-032': {},
  '2007-034': { initial: [0, 0, 221_769] },
  '2007-035': { initial: [5, 5, 221_769] },
  '2007-036': {},
  '2007-037': {},
  '2007-038': {},
  '2007-039': {},
  '2007-044': { initial: [0] },
  // Digits are cut off: the total shows more than its tariffs come to.
  '2007-047': { initial: [627, 607, 33, 23] },
  '2007-051': { absentPhases: 'FF', measured: () => ({ ...still, voltages: [2_256] }) },
  '2007-053': showing('2024-02-29T12:00:00'),
  '2007-057': { events: { '03300D00': 31 } },
  '2007-059': { events: { '1D000001': 254 } },
  '2007-060': measured({ currents: [972, 725, 254] }),
  '2007-062': {},
  '2007-064': {},
  '2007-066': {},
  '2007-070': { initial: [972_540] },
  '2007-075': measured({ frequency: 4_998 }),
  '1997-002': measured({ voltages: [2_230] }),
  '1997-003': measured({ voltages: [2_260] }),
  '1997-004': { initial: [66_750] },
  '1997-006': { initial: [100_000] },
  '1997-007': { initial: [0] },
  '1997-008': { initial: [99] },
  '1997-009': { initial: [88_001] },
  '1997-012': { initial: [725_480], answersAsAsked: true },
  '1997-015': measured({ active: [12_345] }),
};

/** Values that no simulated meter comes to by itself: the bytes are given, the frame around them is made. */
const GIVEN = new Set(['2007-022', '2007-023', '2007-033', '2007-045', '2007-055', '2007-073', '1997-013']);
/** Refusals with more than one bit, or of what this meter has: no simulated meter gives them. */
const NOT_MADE = new Set(['2007-024', '2007-025']);

const short = (id: string): string => id.replace('P-dlt645-', '');
const answers = [...vectors2007, ...vectors1997].filter(
  ({ valid, hex }) => valid && Number.parseInt(wireReply(hex).control, 16) >= 0x80,
);

/** What was asked: the request of the same dialogue, or what the answer says of itself. */
function requestOf({ id, exchange, hex }: Vector): string {
  const all = [...vectors2007, ...vectors1997];
  const request = exchange === undefined ? undefined : all.find((one) => one.exchange === exchange && one.id !== id);
  if (request !== undefined) return request.hex.replace(/^(?:fe)*/, '');
  const { address, control, data } = wireReply(hex);
  const asked = (Number.parseInt(control, 16) & 0x1f).toString(16).padStart(2, '0');
  if (control === 'D1') return wireRequest(address, '11', '00550000');
  return wireRequest(address, asked, control === '93' ? '' : data.slice(0, control === '81' ? 4 : 8));
}

describe('answers of the vectors', () => {
  it('are all accounted for', () => {
    for (const { id } of answers) {
      const known = [short(id) in METERS, GIVEN.has(short(id)), NOT_MADE.has(short(id))];
      expect([id, known.filter(Boolean).length]).toEqual([id, 1]);
    }
  });

  it.each(answers.filter(({ id }) => short(id) in METERS).map((vector) => [vector.id, vector] as const))(
    '%s',
    (id, vector) => {
      const { address, wakeUp } = wireReply(vector.hex);
      const { initial = [0], ...others } = METERS[short(id)] ?? {};
      const meter = testMeter({
        address: address.includes('a') ? '000000000161' : address,
        wakeUp,
        version: vector.protocol.includes('1997') ? '1997' : '2007',
        password: '123456',
        register: createRegister({ drawn: nothing, initial, modulus: 1e9 }),
        ...(vector.exchange === 'G1' && { password: '000000', ...showing('2018-05-12T15:00:00') }),
        ...(vector.exchange === 'F2d' && showing('2026-03-01T08:00:00')),
        ...others,
      });
      expect(meter.raw(requestOf(vector), NOW)).toBe(vector.hex.toLowerCase());
    },
  );

  it.each(answers.filter(({ id }) => GIVEN.has(short(id))).map((vector) => [vector.id, vector] as const))(
    '%s, from given bytes',
    (_, vector) => {
      const { address, wakeUp, data, control } = wireReply(vector.hex);
      const version = control === '81' ? '1997' : '2007';
      const length = version === '1997' ? 4 : 8;
      const di = data.slice(0, length).replaceAll(/../g, '$& ').trim().split(' ').reverse().join('').toUpperCase();
      const meter = testMeter({ address, wakeUp, version, overrides: { [di]: data.slice(length) } });
      expect(meter.raw(requestOf(vector), NOW)).toBe(vector.hex.toLowerCase());
    },
  );
});
