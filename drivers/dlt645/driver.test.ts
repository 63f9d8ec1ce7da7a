/** Sessions over lines of bytes: captured frames, and meters that lack things. */
import { describe, expect, it } from 'vitest';
import { DriverError } from '../errors.ts';
import { answerOf, byteMeter, clockItems } from './testing/byte-meter.ts';
import { MemoryLine } from './testing/memory-line.ts';
import { CLOCK, RELAY_OPEN, TARIFF_1, TOTAL, profileOf } from './testing/sample-profile.ts';
import { ADDRESS, KNOWN_2007, asked, blockOf, lineOf, openSession as open, readAll } from './testing/sessions.ts';
import { wireFrame } from './testing/wire-frame.ts';

describe('a poll', () => {
  it('takes the registers of a captured block, exact, with one request', async () => {
    const line = lineOf(byteMeter(ADDRESS, {}, { '0001FF00': 'P-dlt645-2007-047' }));
    const readings = await readAll(open(profileOf([TOTAL, TARIFF_1])), line);
    expect(readings['importEnergy']).toMatchObject({ value: 1.29, exact: '1.29', quality: 'good', at: line.now() });
    expect(readings['importEnergyTariff1']).toMatchObject({ value: 0.62, exact: '0.62', quality: 'good' });
    expect(asked(line)).toEqual(['0001FF00']);
  });

  it('never takes a phase that is not there for 0', async () => {
    const voltage = (key: string, part: string) => ({ key, unit: 'V', 2007: { item: '0201FF00', part } });
    const profile = profileOf([voltage('voltageL1', 'A'), voltage('voltageL2', 'B'), voltage('voltageL3', 'C')]);
    const line = lineOf(byteMeter(ADDRESS, {}, { '0201FF00': 'P-dlt645-2007-051' }));
    const readings = await readAll(open(profile), line);
    expect(readings['voltageL1']).toMatchObject({ value: 225.6, exact: '225.6' });
    expect(readings['voltageL2']).toMatchObject({ value: null, quality: 'bad', reason: 'absent (FF)' });
    expect(readings['voltageL3']).not.toHaveProperty('exact');
  });

  it('says of a smaller block what is not in it', async () => {
    const line = lineOf(byteMeter(ADDRESS, { '0001FF00': '56341200' }));
    const readings = await readAll(open(profileOf([TOTAL, TARIFF_1])), line);
    expect(readings['importEnergy']).toMatchObject({ exact: '1234.56' });
    expect(readings['importEnergyTariff1']).toMatchObject({
      value: null,
      quality: 'bad',
      reason: 'the meter sends 0001FF00 without tariff 1',
    });
  });

  it.each([
    ['digits that are none', '5a120000', 'not BCD'],
    ['a register that is longer than the standard has it', '5634120000', 'the meter sends 00010000 in another layout'],
    ['a register that is shorter', '563412', '3 of 4 bytes'],
  ])('takes no value from %s', async (_, data, reason) => {
    const point = { ...TOTAL, 2007: { item: '00010000' } };
    const { importEnergy } = await readAll(open(profileOf([point])), lineOf(byteMeter(ADDRESS, { '00010000': data })));
    expect(importEnergy).toMatchObject({ value: null, quality: 'bad' });
    expect(importEnergy?.reason).toContain(reason);
    expect(importEnergy).not.toHaveProperty('exact');
  });

  it('reads a block that a meter ends with AA, and status words that are more than the standard has', async () => {
    const profile = profileOf([TOTAL, RELAY_OPEN]);
    const items = { '0001FF00': '56341200 00010000 aa', '040005FF': '0000 0000 1000 0000 0000 0000 0000 00000000' };
    expect(await readAll(open(profile), lineOf(byteMeter(ADDRESS, items)))).toMatchObject({
      importEnergy: { exact: '1234.56' },
      relayOpen: { value: true },
    });
  });

  it('takes texts, numbers that are names, and times of settings as they are', async () => {
    const profile = profileOf([
      { key: 'meterNumber', 2007: { item: '04000402' } },
      { key: 'rated', 2007: { item: '04000404' } },
      { key: 'baud', 2007: { item: '04000703' } },
      { key: 'switchTime', 2007: { item: '04000106' } },
      { key: 'freezeTime', 2007: { item: '04001203' } },
    ]);
    const items = { '04000402': '12000000 1020', '04000404': '56303232', '04000703': '08' };
    const times = { '04000106': '0000010127', '04001203': '0000' };
    const readings = await readAll(open(profile), lineOf(byteMeter(ADDRESS, { ...items, ...times })));
    expect(readings).toMatchObject({
      meterNumber: { value: '201000000012', quality: 'good' },
      rated: { value: '220V' },
      baud: { value: 2400 },
      switchTime: { value: '2027-01-01T00:00:00', meterTime: '2027-01-01T00:00:00' },
      freezeTime: { value: '00:00' },
    });
  });

  it('converts to the unit of the point without losing a digit', async () => {
    const point = (key: string, unit: string) => ({ ...TOTAL, key, unit, 2007: { item: '00010000' } });
    const profile = profileOf([point('inWh', 'Wh'), point('inMWh', 'MWh')]);
    const { inWh, inMWh } = await readAll(open(profile), lineOf(byteMeter(ADDRESS, { '00010000': '26062120' })));
    expect(inWh).toMatchObject({ value: 202106260, exact: '202106260' });
    expect(inMWh).toMatchObject({ value: 202.10626, exact: '202.10626' });
  });

  it('takes a demand with the time at which it was reached', async () => {
    const point = { key: 'demand', unit: 'W', 2007: { item: '01010000' } };
    const line = lineOf(byteMeter(ADDRESS, { '01010000': '563412 3018 110116' }));
    expect((await readAll(open(profileOf([point])), line))['demand']).toMatchObject({
      value: 123456 / 10,
      exact: '12345.6',
      meterTime: '2016-01-11T18:30:00',
    });
  });

  it('tells status bits by their names, all words with one request', async () => {
    const bit = (key: string, word: number, status: string) => ({
      key,
      2007: { item: '040005FF', part: `status word ${word}`, status },
    });
    const profile = profileOf([RELAY_OPEN, bit('low', 1, 'clockBatteryLow'), bit('supply', 3, 'supply')]);
    const words = (third: string) => ({ '040005FF': `0400 0000 ${third} 0000 0000 0000 0000` });
    const line = lineOf(byteMeter(ADDRESS, words('1200')));
    const readings = await readAll(open(profile), line);
    expect(readings).toMatchObject({
      relayOpen: { value: true },
      low: { value: true },
      supply: { value: 'auxiliary' },
    });
    expect(readings['relayOpen']).not.toHaveProperty('exact');
    expect(asked(line)).toEqual(['040005FF']);
    const odd = await readAll(open(profile), lineOf(byteMeter(ADDRESS, words('0600'))));
    expect(odd['supply']).toMatchObject({
      quality: 'uncertain',
      reason: expect.stringContaining('no source') as string,
    });
  });

  it('tells the clock of the meter beside the time at which it was read', async () => {
    const line = lineOf(byteMeter(ADDRESS, clockItems('2026-11-02 08:15:30')));
    expect((await readAll(open(profileOf([CLOCK])), line))['meterClock']).toEqual({
      point: 'meterClock',
      value: '2026-11-02T08:15:30',
      meterTime: '2026-11-02T08:15:30',
      quality: 'good',
      at: line.now(),
    });
  });

  it('says why there is no clock', async () => {
    const unset = lineOf(byteMeter(ADDRESS, { '04000101': '00000000', '04000102': '000000' }));
    expect((await readAll(open(profileOf([CLOCK])), unset))['meterClock']).toMatchObject({
      value: null,
      quality: 'bad',
      reason: 'the clock tells no time: not set (00000000)',
    });
    expect((await readAll(open(profileOf([CLOCK])), lineOf(byteMeter(ADDRESS))))['meterClock']).toMatchObject({
      quality: 'bad',
      reason: expect.stringContaining('does not have it') as string,
    });
  });

  it('fails as the line does, and lets what was learned stand', async () => {
    const meter = byteMeter(ADDRESS);
    meter.on = false;
    const session = open(profileOf([TOTAL]));
    await expect(session.poll(blockOf(session, 'importEnergy'), lineOf(meter))).rejects.toMatchObject({
      code: 'timeout',
    });
    await expect(
      session.poll(blockOf(session, 'importEnergy'), new MemoryLine(() => new DriverError('closed', 'gone'))),
    ).rejects.toMatchObject({ code: 'closed' });
  });

  it('knows nothing of a block of an older plan', async () => {
    const session = open(profileOf([TOTAL]));
    const block = { ...blockOf(session, 'importEnergy'), id: 'slow-FFFF' };
    const line = lineOf(byteMeter(ADDRESS));
    expect(await session.poll(block, line)).toEqual({ readings: [] });
    expect(line.sent).toEqual([]);
  });
});

describe('what a meter does not have', () => {
  it('is believed after three refusals in a row, and asked for rarely then', async () => {
    const point = { key: 'exportEnergy', unit: 'kWh', poll: 'slow', 2007: { item: '00020000' } };
    const session = open(profileOf([point]));
    const line = lineOf(byteMeter(ADDRESS));
    const { readings, learned } = await session.poll(blockOf(session, 'exportEnergy'), line);
    expect(asked(line)).toEqual(['00020000', '00020000', '00020000']);
    expect(readings[0]).toMatchObject({ value: null, quality: 'bad' });
    expect(readings[0]?.reason).toContain('this meter does not have it: meter 201000000012 refused to read 00020000');
    expect(session.plan()).toMatchObject([{ id: 'rare-00020000', poll: 'rare' }]);
    const again = open(profileOf([point]), learned);
    expect(again.plan()).toMatchObject([{ poll: 'rare' }]);
    const later = lineOf(byteMeter(ADDRESS));
    expect(await again.poll(blockOf(again, 'exportEnergy'), later)).not.toHaveProperty('learned');
    expect(later.sent).toHaveLength(1);
  });

  it('comes back to its class when another meter has it', async () => {
    const point = { key: 'exportEnergy', unit: 'kWh', poll: 'slow', 2007: { item: '00020000' } };
    const session = open(profileOf([point]), { version: '2007', refusals: { '00020000': 3 } });
    const line = lineOf(byteMeter(ADDRESS, { '00020000': '26000000' }));
    const { readings, learned } = await session.poll(blockOf(session, 'exportEnergy'), line);
    expect(readings).toMatchObject([{ exact: '0.26' }]);
    expect(learned).toEqual({ version: '2007', refusals: {} });
    expect(session.plan()).toMatchObject([{ poll: 'slow' }]);
  });

  it('is not concluded from one late refusal', async () => {
    const meter = byteMeter(ADDRESS, { '00020000': '26000000' });
    const point = { key: 'exportEnergy', unit: 'kWh', 2007: { item: '00020000' } };
    const session = open(profileOf([point]));
    let first = true;
    const line = new MemoryLine((request) => {
      if (!first) return answerOf(meter, request);
      first = false;
      return wireFrame(ADDRESS, 0xd1, '02');
    });
    const { readings } = await session.poll(blockOf(session, 'exportEnergy'), line);
    expect(readings).toMatchObject([{ exact: '0.26', quality: 'good' }]);
  });

  it('is no reason to lose the register of billing: a block that is refused is asked for value by value', async () => {
    const session = open(profileOf([TOTAL, TARIFF_1]));
    const line = lineOf(byteMeter(ADDRESS, { '00010000': '56341200' }));
    const { readings } = await session.poll(blockOf(session, 'importEnergy'), line);
    expect(readings).toEqual([]);
    expect(session.plan().map(({ id }) => id)).toEqual(['slow-00010000', 'slow-00010100']);
    const split = await readAll(session, line);
    expect(split['importEnergy']).toMatchObject({ exact: '1234.56', quality: 'good' });
    expect(split['importEnergyTariff1']).toMatchObject({ value: null, quality: 'bad' });
    expect(session.plan().map(({ id }) => id)).toEqual(['slow-00010000', 'rare-00010100']);
  });

  it('is found in single items: phases, status words', async () => {
    const profile = profileOf([
      { key: 'voltageL2', unit: 'V', 2007: { item: '0201FF00', part: 'B' } },
      { key: 'powerL1', unit: 'kW', 2007: { item: '0203FF00', part: 'A' } },
      RELAY_OPEN,
    ]);
    const session = open(profile);
    const line = lineOf(byteMeter(ADDRESS, { '02010200': '5622', '02030100': '122500', '04000503': '1000' }));
    await readAll(session, line);
    expect(await readAll(session, line)).toMatchObject({
      voltageL2: { exact: '225.6' },
      powerL1: { exact: '0.2512' },
      relayOpen: { value: true },
    });
  });

  it('never makes rare what every meter has', async () => {
    const session = open(profileOf([{ ...TOTAL, 2007: { item: '00010000' } }]));
    const { readings } = await session.poll(blockOf(session, 'importEnergy'), lineOf(byteMeter(ADDRESS)));
    expect(readings).toMatchObject([{ quality: 'bad' }]);
    expect(session.plan()).toMatchObject([{ id: 'slow-00010000' }]);
  });

  it('is told apart from a block of which nobody knows what is what', async () => {
    const power = (key: string, part: string) => ({ key, unit: 'kW', 2007: { item: '0203FF00', part } });
    const session = open(profileOf([power('activePower', 'total'), power('activePowerL1', 'A')]));
    const line = lineOf(
      byteMeter(ADDRESS, { '0203FF00': '122500 122500', '02030000': '122500', '02030100': '122500' }),
    );
    const { readings, learned } = await session.poll(blockOf(session, 'activePower'), line);
    expect(readings).toEqual([]);
    expect(learned).toMatchObject({ refusals: { '0203FF00': 3 } });
    expect(await readAll(session, line)).toMatchObject({
      activePower: { exact: '0.2512' },
      activePowerL1: { exact: '0.2512' },
    });
  });

  it('is another thing than what it does not allow: that fails', async () => {
    const session = open(profileOf([TOTAL]), KNOWN_2007, '910004920760');
    const line = lineOf(byteMeter('910004920760', {}, { '0001FF00': 'P-dlt645-2007-024' }));
    await expect(session.poll(blockOf(session, 'importEnergy'), line)).rejects.toMatchObject({ code: 'refused' });
    expect(session.plan()).toMatchObject([{ id: 'slow-0001FF00' }]);
  });
});
