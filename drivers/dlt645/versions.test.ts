/** One profile for meters of both versions, which are told apart when they are first asked. */
import { describe, expect, it } from 'vitest';
import { DriverError } from '../errors.ts';
import { byteMeter, clockItems, type ByteMeter } from './testing/byte-meter.ts';
import { MemoryLine } from './testing/memory-line.ts';
import { CLOCK, RELAY_OPEN, TARIFF_1, TOTAL, profileOf } from './testing/sample-profile.ts';
import { ADDRESS, asked, blockOf, lineOf, openSession, readAll } from './testing/sessions.ts';

const OLD_ITEMS = { '9010': '75660000', '901F': '75660000 00010000 aa', ...clockItems('2026-11-02 08:15:30', '1997') };
const NEW_ITEMS = { '00010000': '56341200', '0001FF00': '56341200 00010000' };

function oldMeter(): ByteMeter {
  return { ...byteMeter(ADDRESS, OLD_ITEMS), version: '1997' };
}

describe('the version', () => {
  it('is found out before the first poll, and handed out to be kept', async () => {
    const session = openSession(profileOf([TOTAL]), {});
    const line = lineOf(byteMeter(ADDRESS, NEW_ITEMS));
    expect(await session.prepare(line)).toEqual([]);
    const first = await session.poll(blockOf(session, 'importEnergy'), line);
    expect(first.learned).toEqual({ version: '2007', refusals: {} });
    expect(first.readings).toMatchObject([{ exact: '1234.56' }]);
    expect(await session.poll(blockOf(session, 'importEnergy'), line)).not.toHaveProperty('learned');
  });

  it('is found out by the first poll where nothing was prepared', async () => {
    const session = openSession(profileOf([TOTAL]), {});
    const { readings } = await session.poll(blockOf(session, 'importEnergy'), lineOf(byteMeter(ADDRESS, NEW_ITEMS)));
    expect(readings).toMatchObject([{ exact: '1234.56' }]);
  });

  it('brings another plan, where it is 1997', async () => {
    const session = openSession(profileOf([TOTAL, TARIFF_1, CLOCK]), {});
    const line = lineOf(oldMeter());
    const before = session.plan();
    await session.prepare(line);
    const first = await session.poll(before[0] ?? blockOf(session, 'meterClock'), line);
    expect(first).toEqual({ readings: [], learned: { version: '1997', refusals: {} } });
    expect(session.plan().some(({ id }) => before.some((block) => block.id === id))).toBe(false);
    expect(await readAll(session, line)).toMatchObject({
      importEnergy: { exact: '66.75' },
      importEnergyTariff1: { exact: '1.00' },
      meterClock: { value: '2026-11-02T08:15:30' },
    });
    expect(asked(line).slice(-3)).toEqual(['901F', 'C010', 'C011']);
  });

  it('is not asked for where it is known, whatever is lost meanwhile', async () => {
    const meter = byteMeter(ADDRESS, NEW_ITEMS);
    const line = lineOf(meter);
    const session = openSession(profileOf([TOTAL]));
    await session.prepare(line);
    expect(line.sent).toEqual([]);
    meter.on = false;
    for (let poll = 0; poll < 2; poll++) {
      await expect(session.poll(blockOf(session, 'importEnergy'), line)).rejects.toThrow(DriverError);
    }
    meter.on = true;
    await session.prepare(line);
    expect(asked(line)).toEqual(['0001FF00', '0001FF00']);
  });

  it('is doubted once the meter is silent: it may be another one, of which nothing is known', async () => {
    const meter = byteMeter(ADDRESS, NEW_ITEMS);
    meter.on = false;
    const line = lineOf(meter);
    const session = openSession(profileOf([TOTAL]), { version: '2007', refusals: { '00020000': 3 } });
    const block = blockOf(session, 'importEnergy');
    for (let poll = 0; poll < 3; poll++) await expect(session.poll(block, line)).rejects.toThrow(DriverError);
    // What the breaker holds back meanwhile says nothing.
    const held = new MemoryLine(() => new DriverError('unsent', 'it rests'));
    await expect(session.poll(block, held)).rejects.toMatchObject({ code: 'unsent' });
    meter.on = true;
    meter.version = '1997';
    meter.items = OLD_ITEMS;
    line.sent.length = 0;
    for (let look = 1; look < 4; look++) await expect(session.prepare(line)).rejects.toThrow('no answer');
    await session.prepare(line);
    // Once in four looks: what is silent in both takes the line's time twice.
    expect(asked(line)).toEqual(['00010000', '00010000', '00010000', '00010000', '9010']);
    expect((await session.poll(block, line)).learned).toEqual({ version: '1997', refusals: {} });
  });

  it('is not concluded from damaged answers', async () => {
    const session = openSession(profileOf([TOTAL]), {});
    const line = lineOf({ ...byteMeter(ADDRESS), frames: { '00010000': Uint8Array.of(0x68, 1, 2, 3) } });
    await expect(session.prepare(line)).rejects.toMatchObject({ code: 'checksum' });
    expect(asked(line)).toEqual(['00010000']);
  });
});

describe('what one version has not', () => {
  it('is told with a block that is asked anyway, and costs no request', async () => {
    const profile = profileOf([TOTAL, RELAY_OPEN, { key: 'programmingCount', 1997: { item: 'B212' } }]);
    const line = lineOf(oldMeter());
    const session = openSession(profile, { version: '1997' });
    const keys = session.plan().map(({ points }) => points.map(({ key }) => key));
    expect(keys.flat().toSorted()).toEqual(['importEnergy', 'programmingCount', 'relayOpen']);
    const readings = await readAll(session, line);
    expect(readings['relayOpen']).toMatchObject({ quality: 'bad', reason: 'DL/T 645-1997 has no such item' });
    const newer = await readAll(openSession(profile), lineOf(byteMeter(ADDRESS, NEW_ITEMS)));
    expect(newer['programmingCount']).toMatchObject({ quality: 'bad', reason: 'DL/T 645-2007 has no such item' });
  });

  it('is told even where nothing else is asked for', async () => {
    const line = lineOf(oldMeter());
    const session = openSession(profileOf([RELAY_OPEN]), { version: '1997' });
    expect((await readAll(session, line))['relayOpen']).toMatchObject({ quality: 'bad' });
    expect(asked(line)).toEqual(['9010']);
  });
});

describe('the plan', () => {
  const block = (id: string, poll: string, requestLength: number, replyLength: number) =>
    expect.objectContaining({ id, poll, requestLength, replyLength }) as unknown;

  it('counts every byte on the wire, wake-up bytes included', () => {
    const daily = {
      ...{ key: 'day1', unit: 'kWh', poll: 'rare', obis: '1-0:1.8.0', frozen: { kind: 'daily', ago: 1 } },
      2007: { item: '05060101', part: 'total' },
    };
    const single = { key: 'exportEnergy', unit: 'kWh', 2007: { item: '00020000' } };
    expect(openSession(profileOf([TOTAL, CLOCK, daily, single])).plan()).toEqual([
      block('slow-0001FF00', 'slow', 20, 20 + 20),
      block('normal-00020000', 'normal', 20, 20 + 4),
      expect.objectContaining({
        ...{ id: 'rare-daily-1', poll: 'rare', requestLength: 3 * 20, replyLength: 20 + 5 + 20 + 20 + 20 + 5 },
        ...{ exchanges: 3, longestReply: 40 },
      }) as unknown,
      block('rare-clock-2007', 'rare', 2 * 20, 20 + 4 + 20 + 3),
    ]);
    expect(openSession(profileOf([TOTAL, CLOCK]), { version: '1997' }).plan()).toEqual([
      block('slow-901F', 'slow', 18, 18 + 20),
      block('rare-clock-1997', 'rare', 2 * 18, 18 + 4 + 18 + 3),
    ]);
  });

  it('asks for an item as often as the point that is wanted most', () => {
    const profile = profileOf([TOTAL, { ...TARIFF_1, poll: 'normal' }]);
    expect(openSession(profile).plan()).toMatchObject([{ id: 'normal-0001FF00', poll: 'normal' }]);
  });
});
