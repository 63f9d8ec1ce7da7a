/** Sessions over frames of real meters: what billing would get of them. The values are those on libmbus's list. */
import { describe, expect, it } from 'vitest';
import type { Link } from '../contract.ts';
import { DriverError } from '../errors.ts';
import type { MbusProfile } from './profile.ts';
import { byKey, openSession, pollAll, profileOf } from './testing/session.ts';
import { slaveBus } from './testing/slave-bus.ts';
import { reply, vectorBytes } from './testing/vectors.ts';

const NOW = 1_800_000_000_000;

/** A meter that acknowledges, sends these frames one after the other, and is silent then. */
function sends(...frames: readonly Uint8Array[]): Link {
  const answers = [Uint8Array.of(0xe5), ...frames];
  return {
    ...slaveBus([]),
    now: () => NOW,
    exchange: () => {
      const answer = answers.shift();
      return answer ? Promise.resolve(answer) : Promise.reject(new DriverError('timeout', 'no answer from address 1'));
    },
  };
}

async function read(profile: MbusProfile, ...frames: readonly Uint8Array[]) {
  const { readings } = await pollAll(openSession(profile, '1'), sends(...frames));
  expect(readings.every(({ at }) => at === NOW)).toBe(true);
  return byKey(readings);
}

const volume = { key: 'volume', unit: 'm3', record: { quantity: 'Volume' } };
const kept = {
  key: 'settlementVolume1',
  unit: 'm3',
  obis: '8-0:1.0.0',
  record: { quantity: 'Volume', storage: 1 },
  frozen: { kind: 'settlement', ago: 1 },
};
const clock = { key: 'meterClock', obis: '0-0:1.0.0', record: { quantity: 'Time point (date & time)' } };

describe('a readout', () => {
  it('is one block of all points, at the pace of the profile', () => {
    const profile = profileOf([volume, clock], { poll: 'rare' });
    expect(openSession(profile, '1').plan()).toMatchObject([
      {
        id: 'readout',
        poll: 'rare',
        points: [
          { key: 'volume', poll: 'rare' },
          { key: 'meterClock', poll: 'rare' },
        ],
      },
    ]);
  });

  it('gives registers with their decimals, and what was kept with its moment', async () => {
    expect(await read(profileOf([volume, kept, clock]), vectorBytes('P-mbus-015'))).toEqual({
      volume: { value: 1234.567, exact: '1234.567', quality: 'good' },
      settlementVolume1: { value: 456.951, exact: '456.951', quality: 'good', meterTime: '2007-01-01T00:00:00' },
      meterClock: { value: '2007-02-06T13:58:00', quality: 'good', meterTime: '2007-02-06T13:58:00' },
    });
  });

  it('finds the date behind the value, and takes the last of a month for its end', async () => {
    const { settlementVolume1 } = await read(profileOf([kept]), vectorBytes('P-mbus-014'));
    expect(settlementVolume1).toMatchObject({ exact: '1445.419', meterTime: '2008-01-01T00:00:00' });
  });

  it('converts to the unit of the profile by shifting the point, and invents no digits', async () => {
    const profile = profileOf([
      { key: 'a', unit: 'kWh', record: { quantity: 'Energy', tariff: 1 } },
      { key: 'b', unit: 'MWh', record: { quantity: 'Energy', tariff: 2 } },
      { key: 'c', unit: 'Wh', record: { quantity: 'Energy', tariff: 2, storage: 2 } },
    ]);
    // Registers that count in tens of watt hours: 254 and 444128.
    expect(await read(profile, vectorBytes('P-mbus-035'))).toMatchObject({
      a: { value: 2.54, exact: '2.54' },
      b: { value: 4.44128, exact: '4.44128' },
      c: { value: 4_441_280, exact: '4441280' },
    });
  });

  it('converts whatever decade the meter has chosen: 10^-3 m3, 10^-2 m3, 10^-1 m3', async () => {
    const profile = profileOf([{ key: 'volume', unit: 'L', record: { quantity: 'Volume' } }]);
    const exact = async (id: string) => (await read(profile, vectorBytes(id)))['volume']?.exact;
    expect(await Promise.all(['P-mbus-011', 'P-mbus-012', 'P-mbus-017'].map(exact))).toEqual([
      '54321',
      '123490',
      '12900',
    ]);
  });

  it('keeps a real number as the meter sends it', async () => {
    const profile = profileOf([{ key: 'power', unit: 'kW', record: { quantity: 'Power', function: 'maximum' } }]);
    expect((await read(profile, vectorBytes('P-mbus-018')))['power']).toMatchObject({
      value: 18.511912,
      exact: '18.511912',
    });
  });

  it('tells a register by its modifiers: forward flow is not backward flow', async () => {
    const energy = (key: string, modifier?: string) => ({
      key,
      unit: 'kWh',
      record: { quantity: 'Energy', modifiers: modifier === undefined ? [] : [modifier] },
    });
    const forward = 'accumulation only of positive contributions (forward flow)';
    const backward = 'accumulation of the absolute value only of negative contributions (backward flow)';
    const profile = profileOf([energy('all'), energy('forward', forward), energy('backward', backward)]);
    expect(await read(profile, vectorBytes('P-mbus-018'))).toMatchObject({
      all: { value: null, quality: 'bad', reason: 'the readout has no Energy' },
      forward: { exact: '35' },
      backward: { exact: '465' },
    });
  });

  it('takes none of several that are alike and differ, unless it is told which', async () => {
    const power = (key: string, index?: number) => ({
      key,
      unit: 'W',
      record: { quantity: 'Voltage', modifiers: ['manufacturer specific'], ...(index === undefined ? {} : { index }) },
    });
    const points = [power('which'), power('second', 1), power('fourth', 3)].map((point) => ({ ...point, unit: 'V' }));
    expect(await read(profileOf(points), vectorBytes('P-mbus-035'))).toEqual({
      which: {
        value: null,
        quality: 'bad',
        reason: 'the readout has 3 times Voltage (manufacturer specific): the profile has to say which by index',
      },
      second: { value: 234, exact: '234', quality: 'good' },
      fourth: {
        value: null,
        quality: 'bad',
        reason: 'the readout has no Voltage (manufacturer specific) with index 3: there are 3',
      },
    });
  });

  it('takes one of several that are alike and say the same', async () => {
    const profile = profileOf([{ key: 'voltage', unit: 'V', record: { quantity: 'Voltage' } }]);
    expect((await read(profile, vectorBytes('P-mbus-039')))['voltage']).toMatchObject({ exact: '1234.56' });
  });

  it('does not make kilowatt hours of joules', async () => {
    const energy = { key: 'heatEnergy', unit: 'kWh', record: { quantity: 'Energy' } };
    const reading = (await read(profileOf([energy]), reply('04 0e 2a000000')))['heatEnergy'];
    expect(reading).toEqual({
      value: null,
      quality: 'bad',
      reason: 'the meter sends 42000000 J, which no decimal number of kWh stands for exactly',
    });
    const inGj = await read(profileOf([{ ...energy, unit: 'GJ' }]), reply('04 0e 2a000000'));
    expect(inGj['heatEnergy']).toMatchObject({ exact: '0.042' });
  });

  it('takes the register in the unit that it can tell, where the meter sends it in two', async () => {
    const energy = { key: 'heatEnergy', unit: 'kWh', record: { quantity: 'Energy' } };
    const both = reply('04 0e 2a000000 04 06 07000000');
    expect((await read(profileOf([energy]), both))['heatEnergy']).toMatchObject({ exact: '7' });
  });
});

describe('what has no value', () => {
  it.each([
    ['a nibble that is no digit', '0c 13 2a000000', '0000002A: not decimal digits'],
    ['fillers', '0c 13 ffffffff', 'FFFFFFFF: filler'],
    ['the mark of an invalid value', '04 13 00000080', '-2147483648: the mark of an invalid value'],
    ['what the slave reports as missing', '04 9315 00000000', 'the slave reports: no data available (undefined value)'],
    ['nothing', '04 14 01000000 00 13', 'the readout has 2 times Volume: the profile has to say which by index'],
    ['a readout without it', '04 2b 01000000', 'the readout has no Volume'],
  ])('is bad, and never 0: %s', async (_, records, reason) => {
    const reading = (await read(profileOf([volume]), reply(records)))['volume'];
    expect(reading).toEqual({ value: null, quality: 'bad', reason });
  });

  it('is bad where the readout was cut short, and says so', async () => {
    const { volumeFlow, volume: register } = await read(
      profileOf([volume, { key: 'volumeFlow', unit: 'm3/h', record: { quantity: 'Volume flow' } }]),
      vectorBytes('P-mbus-026'),
    );
    expect(register).toMatchObject({ exact: '7998.92', quality: 'good' });
    expect(volumeFlow).toMatchObject({
      reason: 'the readout was cut short (no answer from address 1) and has no Volume flow',
    });
  });

  it('was not kept yet where the meter gives no day for it, whatever number it sends', async () => {
    const { settlementVolume1 } = await read(profileOf([kept]), vectorBytes('P-mbus-011'));
    expect(settlementVolume1).toEqual({
      value: null,
      quality: 'bad',
      reason: 'nothing was kept: no one date or time: month 0, day 0',
    });
  });

  it('is of no use where the readout does not say when it was kept', async () => {
    const { settlementVolume1 } = await read(profileOf([kept]), vectorBytes('P-mbus-012'));
    expect(settlementVolume1).toMatchObject({ quality: 'bad', reason: 'the readout does not say when it was kept' });
  });

  it('is uncertain where a day alone does not say which midnight, and good where the profile does', async () => {
    const day = (side: string) => ({ ...kept, record: { ...kept.record, day: side } });
    expect((await read(profileOf([kept]), vectorBytes('P-mbus-016')))['settlementVolume1']).toEqual({
      value: 8.393,
      exact: '8.393',
      quality: 'uncertain',
      reason: 'kept on 2013-09-28: the profile does not say whether that day begins or ends with it',
    });
    const ends = await read(profileOf([day('ends')]), vectorBytes('P-mbus-016'));
    expect(ends['settlementVolume1']).toMatchObject({ quality: 'good', meterTime: '2013-09-29T00:00:00' });
  });
});

describe('dates of what was kept', () => {
  it('are those of the same storage number, be the value of another tariff', async () => {
    const energy = { quantity: 'Energy', storage: 2, tariff: 2 };
    const profile = profileOf([{ key: 'a', unit: 'kWh', record: energy }]);
    const { a } = await read(profile, vectorBytes('P-mbus-017'));
    expect(a).toMatchObject({ exact: '0', meterTime: '2011-01-01T00:00:00' });
  });

  it('are their own for maxima', async () => {
    const flow = { quantity: 'Volume flow', function: 'maximum', storage: 1 };
    const profile = profileOf([{ key: 'a', unit: 'm3/h', record: flow }]);
    expect((await read(profile, vectorBytes('P-mbus-019')))['a']).toMatchObject({ meterTime: '2011-09-01T08:30:00' });
  });

  it('belong to a register that the meter gives as of the last hour', async () => {
    const profile = profileOf([{ ...volume, obis: '7-0:3.0.0', record: { quantity: 'Volume', storage: 1 } }]);
    expect((await read(profile, vectorBytes('P-mbus-042')))['volume']).toEqual({
      value: 10834.092,
      exact: '10834.092',
      quality: 'good',
      meterTime: '2016-07-22T08:00:00',
    });
  });
});

describe('where a readout says the same twice', () => {
  it('does not take the day of the next settlement for that of the last', async () => {
    // 2014-12-31 as a future value, then 2013-12-31.
    const readout = reply('44 13 11000000 42 ec7e df1c 42 6c bf1c');
    expect((await read(profileOf([kept]), readout))['settlementVolume1']?.meterTime).toBe('2014-01-01T00:00:00');
  });

  it('takes it from the telegram that the profile names', async () => {
    const second = { ...volume, record: { quantity: 'Volume', telegram: 2 } };
    const third = { ...volume, key: 'third', record: { quantity: 'Volume', telegram: 3 } };
    const frames = [reply('04 13 11000000 1f'), reply('04 13 22000000')];
    expect(await read(profileOf([second, third]), ...frames)).toMatchObject({
      volume: { exact: '0.034' },
      third: { reason: 'the readout has no Volume (telegram 3)' },
    });
  });
});

describe('status, flags and texts', () => {
  const status = (name: string) => ({ key: name, status: name });

  it('gives each bit of the status byte', async () => {
    const names = ['applicationBusy', 'applicationError', 'alarm', 'powerLow', 'permanentError', 'temporaryError'];
    const profile = profileOf([...names, 'manufacturerBit5', 'manufacturerBit6', 'manufacturerBit7'].map(status));
    const set = async (id: string) =>
      Object.entries(await read(profile, vectorBytes(id))).flatMap(([key, { value }]) => (value === true ? [key] : []));
    // Their status bytes: 30, 27, 50, 00.
    expect(await set('P-mbus-012')).toEqual(['temporaryError', 'manufacturerBit5']);
    expect(await set('P-mbus-019')).toEqual(['alarm', 'powerLow', 'manufacturerBit5']);
    expect(await set('P-mbus-027')).toEqual(['temporaryError', 'manufacturerBit6']);
    expect(await set('P-mbus-011')).toEqual([]);
  });

  it('gives one bit of flags', async () => {
    const bit = (at: number) => ({ key: `bit${at}`, record: { quantity: 'Error flags', function: 'error' }, bit: at });
    // 67108864 is 2^26.
    expect(await read(profileOf([bit(25), bit(26)]), vectorBytes('P-mbus-044'))).toMatchObject({
      bit25: { value: false, quality: 'good' },
      bit26: { value: true, quality: 'good' },
    });
  });

  it('gives texts as texts, and numbers beyond what a double holds as text', async () => {
    const number = { key: 'serialNumber', record: { quantity: 'Fabrication No' } };
    const value = async (frame: Uint8Array) => (await read(profileOf([number]), frame))['serialNumber']?.value;
    expect(await value(vectorBytes('P-mbus-042'))).toBe('G0017591208205814');
    expect(await value(vectorBytes('P-mbus-011'))).toBe(11_490_378);
    expect(await value(reply('07 78 ffffffffffffff7f'))).toBe('9223372036854775807');
  });

  it('says who answers', async () => {
    const profile = profileOf([{ key: 'meterNumber', header: 'identification' }]);
    expect((await read(profile, vectorBytes('P-mbus-016')))['meterNumber']?.value).toBe('00025776');
    expect((await read(profile, vectorBytes('P-mbus-046')))['meterNumber']?.value).toBe('12345678');
  });
});

describe('fixed data', () => {
  const counters = [
    { key: 'volume', unit: 'm3', counter: { number: 1, quantity: 'Volume' } },
    { key: 'before', unit: 'L', counter: { number: 2, quantity: 'Volume', storage: 'historic' } },
    { key: 'energy', unit: 'kWh', counter: { number: 1, quantity: 'Energy' } },
  ];

  it('gives its counters, each as what it is', async () => {
    expect(await read(profileOf(counters), vectorBytes('P-mbus-046'))).toEqual({
      volume: { value: 0.001, exact: '0.001', quality: 'good' },
      before: { value: 135, exact: '135', quality: 'good' },
      energy: { value: null, quality: 'bad', reason: 'counter 1 is actual Volume, not actual Energy' },
    });
  });

  it('is told from variable data', async () => {
    expect((await read(profileOf([volume]), vectorBytes('P-mbus-046')))['volume']?.reason).toContain('two counters');
    expect((await read(profileOf(counters), vectorBytes('P-mbus-011')))['volume']?.reason).toContain('no counters');
  });

  it('has no application codes in its status', async () => {
    const profile = profileOf([
      { key: 'alarm', status: 'alarm' },
      { key: 'low', status: 'powerLow' },
    ]);
    expect(await read(profile, vectorBytes('P-mbus-046'))).toMatchObject({
      alarm: { quality: 'bad' },
      low: { value: false, quality: 'good' },
    });
  });
});

describe('a meter that the profile is not for', () => {
  it.each([
    [{ manufacturer: 'KAM' }, 'a meter of ACW answers: the profile is for KAM'],
    [{ manufacturer: 'ACW', versions: [9, 10] }, 'the meter is of version 14: the profile is for 9, 10'],
    [{ media: ['Water', 'Gas'] }, 'the meter says that its medium is Cold water, not Water or Gas'],
  ])('has no good value but its number: %j', async (slave, reason) => {
    const points = [volume, { key: 'meterNumber', header: 'identification' }, { key: 'low', status: 'powerLow' }];
    expect(await read(profileOf(points, { slave }), vectorBytes('P-mbus-011'))).toEqual({
      volume: { value: null, quality: 'bad', reason },
      meterNumber: { value: '11490378', quality: 'good' },
      low: { value: null, quality: 'bad', reason },
    });
  });

  it('is accepted where all fits', async () => {
    const slave = { manufacturer: 'ACW', versions: [14], media: ['Cold water'] };
    expect((await read(profileOf([volume], { slave }), vectorBytes('P-mbus-011')))['volume']?.exact).toBe('54.321');
  });
});

describe('what a session knows', () => {
  it('plans with the longest telegram until it has read one, and then with what it was', async () => {
    const session = openSession(profileOf([volume]), '1');
    expect(session.plan()).toMatchObject([{ requestLength: 10, replyLength: 262 }]);
    const { learned } = await pollAll(session, sends(vectorBytes('P-mbus-011')));
    expect(learned).toEqual({ readout: { telegrams: 1, bytes: vectorBytes('P-mbus-011').length } });
    expect(session.plan()).toMatchObject([{ requestLength: 10, replyLength: 67 }]);
    expect((await pollAll(session, sends(vectorBytes('P-mbus-011')))).learned).toBeUndefined();
    expect((await pollAll(session, sends(vectorBytes('P-mbus-014')))).learned).toBeUndefined();
    expect((await pollAll(session, sends(vectorBytes('P-mbus-012')))).learned).toMatchObject({
      readout: { bytes: 92 },
    });
  });

  it('counts a selection and each telegram on the wire', () => {
    const knowledge = { readout: { telegrams: 3, bytes: 500 } };
    expect(openSession(profileOf([volume]), '12345678', knowledge).plan()).toMatchObject([
      { requestLength: 17 + 15, replyLength: 501 },
    ]);
    expect(openSession(profileOf([volume]), '1', { readout: 'old' }).plan()).toMatchObject([{ replyLength: 262 }]);
  });

  it('learns nothing from a readout that was cut short', async () => {
    const { learned } = await pollAll(openSession(profileOf([volume]), '1'), sends(vectorBytes('P-mbus-026')));
    expect(learned).toBeUndefined();
  });
});

it('writes nothing to a meter', async () => {
  const session = openSession(profileOf([volume]), '1');
  await expect(session.prepare(sends())).resolves.toEqual([]);
  await expect(session.execute({ action: 'closeValve' }, sends())).rejects.toMatchObject({ code: 'config' });
});

it('rejects where nobody answers, and where another meter has the address', async () => {
  await expect(pollAll(openSession(profileOf([volume]), '1'), sends())).rejects.toMatchObject({ code: 'timeout' });
  const pinned = openSession(profileOf([volume]), '8/11490379');
  await expect(pollAll(pinned, sends(vectorBytes('P-mbus-011')))).rejects.toMatchObject({
    code: 'foreign',
    message: 'meter 11490378 answered at address 8 instead of 11490379',
  });
});
