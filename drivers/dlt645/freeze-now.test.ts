/** The command to keep all registers at once: sent once, and proved by the time that the meter gives it. */
import { describe, expect, it } from 'vitest';
import { answerOf, byteMeter, clockItems, type ByteMeter } from './testing/byte-meter.ts';
import { MemoryLine } from './testing/memory-line.ts';
import { TOTAL, profileOf } from './testing/sample-profile.ts';
import { ADDRESS, asked, openSession } from './testing/sessions.ts';

const FREEZE = { key: 'freezeNow', nameZh: '瞬时冻结', freeze: 'now' };
const PROFILE = profileOf(
  [
    TOTAL,
    { key: 'frozenAt', poll: 'rare', 2007: { item: '05010001' } },
    { key: 'frozenEnergy', unit: 'kWh', poll: 'rare', 2007: { item: '05010101', part: 'total' } },
    { key: 'frozenTariff1', unit: 'kWh', poll: 'rare', 2007: { item: '05010101', part: 'tariff 1' } },
  ],
  { actions: [FREEZE] },
);
/** Minute, hour, day, month, year; the total and one tariff, the lowest byte first. */
const AT_0814 = '1408021126';
const KEPT = '78563412 00100000';

function meterAt(time: string, items: ByteMeter['items'] = { '05010001': AT_0814, '05010101': KEPT }): ByteMeter {
  return byteMeter(ADDRESS, { ...clockItems(time), ...items });
}

const lineOf = (meter: ByteMeter): MemoryLine => new MemoryLine((request) => answerOf(meter, request));
const freeze = (line: MemoryLine, known?: object) => openSession(PROFILE, known).execute({ action: 'freezeNow' }, line);

describe('a freeze', () => {
  it('is of now, sent once, and shows what was kept at it', async () => {
    const meter = meterAt('2026-11-02 08:15:30');
    const line = lineOf(meter);
    const { seen } = await freeze(line);
    expect(meter.commands).toEqual(['99999999']);
    expect(line.effects).toHaveLength(1);
    expect(asked(line)).toEqual(['99999999', '05010001', '04000101', '04000102', '05010101']);
    expect(seen).toMatchObject([
      { point: 'frozenAt', value: '2026-11-02T08:14:00', quality: 'good' },
      { point: 'frozenEnergy', exact: '123456.78', quality: 'good' },
      { point: 'frozenTariff1', exact: '10.00', quality: 'good' },
    ]);
  });

  it('is not done where the meter shows an older one only, or none', async () => {
    const unconfirmed = { code: 'unconfirmed', message: expect.stringContaining('accepted it') as string };
    await expect(freeze(lineOf(meterAt('2026-11-02 08:16:30')))).rejects.toMatchObject(unconfirmed);
    await expect(freeze(lineOf(meterAt('2026-11-02 08:15:30', {})))).rejects.toMatchObject(unconfirmed);
  });

  it('is none of 1997', async () => {
    const old = { ...byteMeter(ADDRESS, { '9010': '00000000' }), version: '1997' as const };
    const line = lineOf(old);
    await expect(freeze(line, {})).rejects.toMatchObject({ code: 'unsupported' });
    expect(line.effects).toEqual([]);
  });
});
