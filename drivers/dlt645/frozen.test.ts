/** What meters have kept, with the time that it belongs to. */
import { describe, expect, it } from 'vitest';
import { byteMeter, clockItems } from './testing/byte-meter.ts';
import { profileOf } from './testing/sample-profile.ts';
import { ADDRESS, asked, blockOf, lineOf, openSession, readAll } from './testing/sessions.ts';
import { wireFrame } from './testing/wire-frame.ts';

const kept = (key: string, frozen: object, place: object, old?: object) => ({
  ...{ key, unit: 'kWh', poll: 'rare', obis: '1-0:1.8.0', frozen, 2007: place },
  ...(old && { 1997: old }),
});
const SETTLEMENTS = profileOf([
  kept('last', { kind: 'settlement', ago: 1 }, { item: '000100FF', part: 'settlement 1' }, { item: '9410' }),
  kept('before', { kind: 'settlement', ago: 2 }, { item: '000100FF', part: 'settlement 2' }, { item: '9810' }),
]);
const DAILY = profileOf([
  kept('day1', { kind: 'daily', ago: 1 }, { item: '05060101', part: 'total' }),
  { ...kept('day1Tariff1', { kind: 'daily', ago: 1 }, { item: '05060101', part: 'tariff 1' }), obis: '1-0:1.8.1' },
  kept('day2', { kind: 'daily', ago: 2 }, { item: '05060102', part: 'total' }),
]);
const NOW = '2026-11-02 08:15:30';
const ON_THE_FIRST = { '04000B01': '0001', '04000B02': '9999', '04000B03': '9999' };
const BLOCK = '00010000 00020000 00030000';
const MIDNIGHT_2 = '0000021126';
const MIDNIGHT_3 = '0000031126';

describe('settlement values', () => {
  it('have the times that follow from the settlement day and the clock of the meter', async () => {
    const items = { ...clockItems(NOW), ...ON_THE_FIRST, '000100FF': BLOCK };
    const line = lineOf(byteMeter(ADDRESS, items));
    const readings = await readAll(openSession(SETTLEMENTS), line);
    expect(readings).toMatchObject({
      last: { exact: '2.00', meterTime: '2026-11-01T00:00:00', at: line.now() },
      before: { exact: '3.00', meterTime: '2026-10-01T00:00:00' },
    });
    expect(asked(line)).toEqual(['04000B01', '04000B02', '04000B03', '04000101', '04000102', '000100FF']);
  });

  it('go by the clock of the meter also where that is wrong', async () => {
    const items = { ...clockItems('2026-10-31 23:10:00'), ...ON_THE_FIRST, '000100FF': BLOCK };
    expect(await readAll(openSession(SETTLEMENTS), lineOf(byteMeter(ADDRESS, items)))).toMatchObject({
      last: { meterTime: '2026-10-01T00:00:00' },
    });
  });

  it('have the times of several settlement days in a month', async () => {
    const days = { '04000B01': '2001', '04000B02': '0016', '04000B03': '9999' };
    const items = { ...clockItems(NOW), ...days, '000100FF': BLOCK };
    expect(await readAll(openSession(SETTLEMENTS), lineOf(byteMeter(ADDRESS, items)))).toMatchObject({
      last: { meterTime: '2026-11-01T20:00:00' },
      before: { meterTime: '2026-10-16T00:00:00' },
    });
  });

  it('do without the days that a meter refuses for whatever reason', async () => {
    const items = { ...clockItems(NOW), '04000B01': '0001', '000100FF': BLOCK };
    const meter = byteMeter(ADDRESS, items);
    meter.frames['04000B02'] = wireFrame(ADDRESS, 0xd1, '01');
    expect(await readAll(openSession(SETTLEMENTS), lineOf(meter))).toMatchObject({
      last: { exact: '2.00', meterTime: '2026-11-01T00:00:00' },
    });
  });

  it('ask for days and clock once in an hour', async () => {
    const session = openSession(SETTLEMENTS);
    const line = lineOf(byteMeter(ADDRESS, { ...clockItems(NOW), ...ON_THE_FIRST, '000100FF': BLOCK }));
    await readAll(session, line);
    await readAll(session, line);
    expect(asked(line).filter((di) => di !== '000100FF')).toHaveLength(5);
    await line.wait(3_600_000);
    await readAll(session, line);
    expect(asked(line).filter((di) => di !== '000100FF')).toHaveLength(10);
    await session.prepare(line);
    await readAll(session, line);
    expect(asked(line).filter((di) => di !== '000100FF')).toHaveLength(15);
  });

  it('ask again for what the line has lost', async () => {
    const meter = byteMeter(ADDRESS, { ...clockItems(NOW), ...ON_THE_FIRST, '000100FF': BLOCK });
    const session = openSession(SETTLEMENTS);
    meter.on = false;
    await expect(session.poll(blockOf(session, 'last'), lineOf(meter))).rejects.toMatchObject({ code: 'timeout' });
    meter.on = true;
    expect(await readAll(session, lineOf(meter))).toMatchObject({ last: { exact: '2.00' } });
  });

  it.each([
    ['no settlement day', { ...clockItems(NOW), '000100FF': BLOCK }, 'the meter tells no settlement day'],
    ['a clock that is not set', { '04000101': '00000000', '04000102': '000000' }, "the meter's clock tells no time"],
    ['a settlement that is being made', clockItems('2026-11-01 00:00:30'), 'the meter is at a settlement just now'],
  ])('are bad and not guessed with %s', async (_, items, reason) => {
    const days = reason.includes('day') ? {} : ON_THE_FIRST;
    const line = lineOf(byteMeter(ADDRESS, { '000100FF': BLOCK, ...days, ...items }));
    const { last } = await readAll(openSession(SETTLEMENTS), line);
    expect(last).toMatchObject({ value: null, quality: 'bad' });
    expect(last?.reason).toContain(reason);
    expect(last).not.toHaveProperty('meterTime');
  });

  it('are asked for one by one where the meter does not send them together', async () => {
    const items = { ...clockItems(NOW), ...ON_THE_FIRST, '00010001': '00020000', '00010002': '00030000' };
    const session = openSession(SETTLEMENTS);
    const line = lineOf(byteMeter(ADDRESS, items));
    await readAll(session, line);
    expect(await readAll(session, line)).toMatchObject({
      last: { exact: '2.00', meterTime: '2026-11-01T00:00:00' },
      before: { exact: '3.00', meterTime: '2026-10-01T00:00:00' },
    });
  });

  it('are those of the last two months in 1997', async () => {
    const items = { ...clockItems(NOW, '1997'), C117: '0025', '9410': '00020000', '9810': '00030000' };
    const meter = { ...byteMeter(ADDRESS, items), version: '1997' as const };
    expect(await readAll(openSession(SETTLEMENTS, { version: '1997' }), lineOf(meter))).toMatchObject({
      last: { exact: '2.00', meterTime: '2026-10-25T00:00:00' },
      before: { exact: '3.00', meterTime: '2026-09-25T00:00:00' },
    });
  });
});

describe('daily freezes', () => {
  it('have the time that the meter gives them, each day its own', async () => {
    const items = {
      ...{ '05060001': MIDNIGHT_3, '05060101': '00020000 00010000' },
      ...{ '05060002': MIDNIGHT_2, '05060102': '00010000' },
    };
    const line = lineOf(byteMeter(ADDRESS, items));
    expect(await readAll(openSession(DAILY), line)).toMatchObject({
      day1: { exact: '2.00', meterTime: '2026-11-03T00:00:00' },
      day1Tariff1: { exact: '1.00', meterTime: '2026-11-03T00:00:00' },
      day2: { exact: '1.00', meterTime: '2026-11-02T00:00:00' },
    });
    expect(asked(line)).toEqual(['05060001', '05060101', '05060001', '05060002', '05060102', '05060002']);
  });

  it('are never put together with the time of the next one', async () => {
    const items = { '05060001': [MIDNIGHT_2, MIDNIGHT_3], '05060101': ['00010000', '00020000'] };
    const session = openSession(DAILY);
    const { readings } = await session.poll(blockOf(session, 'day1'), lineOf(byteMeter(ADDRESS, items)));
    expect(readings[0]).toMatchObject({ exact: '2.00', meterTime: '2026-11-03T00:00:00' });
  });

  it('are refused from a meter whose freeze moves at each look', async () => {
    const times = ['0000021126', '0000031126', '0000041126', '0000051126'];
    const session = openSession(DAILY);
    const line = lineOf(byteMeter(ADDRESS, { '05060001': times, '05060101': '00010000' }));
    await expect(session.poll(blockOf(session, 'day1'), line)).rejects.toMatchObject({ code: 'foreign' });
  });

  it.each([
    ['that it has not made yet', { '05060001': '0000000000' }, 'not set (0000000000)'],
    ['that it does not make', {}, 'this meter does not have it'],
  ])('are bad and not 0 %s', async (_, items, reason) => {
    const line = lineOf(byteMeter(ADDRESS, { '05060101': '00000000', ...items }));
    const session = openSession(DAILY);
    const { readings } = await session.poll(blockOf(session, 'day1'), line);
    expect(readings).toHaveLength(2);
    for (const reading of readings) expect(reading).toMatchObject({ value: null, quality: 'bad' });
    expect(readings[0]?.reason).toContain(reason);
  });
});
