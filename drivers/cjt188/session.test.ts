import { describe, expect, it } from 'vitest';
import type { Knowledge, Reading } from '../contract.ts';
import { DriverError } from '../errors.ts';
import { cjt188 } from './driver.ts';
import { parseCjt188Profile } from './parse-profile.ts';
import { ByteMeter, lineOf, type ByteMeterSetup } from './testing/byte-meter.ts';
import { heardFrom } from './testing/scripted-line.ts';
import { vectorBytes } from './testing/vectors.ts';
import { hex } from '../bytes/hex.ts';

const HEAD = { id: 'sample', driver: 'cjt188', maker: 'Sample', model: 'S', nameZh: '样表', verified: 'manual' };
const MANUAL = { manual: { title: 'Sample', edition: '1', pages: '1' } };
const COLD = '8-0:1.0.0';
const READING_POINTS = [
  { key: 'volume', nameZh: '水量', obis: COLD, unit: 'm3', poll: 'slow', item: '901F', field: 'current' },
  {
    key: 'settlementVolume',
    nameZh: '结算',
    obis: COLD,
    unit: 'm3',
    poll: 'slow',
    item: '901F',
    field: 'settlement',
    frozen: { kind: 'settlement', ago: 1 },
  },
  { key: 'meterClock', nameZh: '时钟', obis: '0-0:1.0.0', poll: 'rare', item: '901F', field: 'time' },
  { key: 'valve', nameZh: '阀', poll: 'slow', item: '901F', field: 'valve' },
  { key: 'batteryLow', nameZh: '电池', poll: 'slow', item: '901F', field: 'batteryLow' },
];
const DAY = { key: 'settlementDay', nameZh: '结算日', poll: 'rare', item: '8103', field: 'settlementDay' };
const month = (ago: number) => ({
  key: `settlementVolume${ago}`,
  nameZh: `上${ago}月`,
  obis: COLD,
  unit: 'm3',
  poll: 'slow',
  item: (0xd11f + ago).toString(16).toUpperCase(),
  field: 'value',
  frozen: { kind: 'settlement', ago },
});

/** 8031.69 m3 now and 548.03 at the settlement day, at 2026-11-15 10:00:00 by the meter. */
const READING = '69 31 80 00 2c 03 48 05 00 2c 00 00 10 15 11 26 20';
const WIRE = '88 05 27 10 15 20 00';
const WATER: ByteMeterSetup = {
  wire: WIRE,
  items: { '901F': READING, '8103': '01', D120: '03 48 05 00 2c', D121: '00 30 05 00 2c' },
};

interface Options {
  readonly setup?: Partial<ByteMeterSetup>;
  readonly points?: readonly object[];
  readonly profile?: object;
  readonly knowledge?: Knowledge;
}

function station({ setup, points, profile, knowledge = {} }: Options = {}) {
  const meter = new ByteMeter({ ...WATER, ...setup });
  const raw = { ...HEAD, ...MANUAL, meter: { type: '10' }, points: points ?? READING_POINTS, ...profile };
  const parsed = parseCjt188Profile(raw);
  if (!parsed.ok) throw new Error(parsed.mistakes.map(({ message }) => message).join('\n'));
  const cost = { byteMs: 4.6, overheadMs: 100 };
  const session = cjt188.open({
    device: 'd',
    address: '00201510270588',
    profile: parsed.profile,
    medium: 'line',
    cost,
    knowledge,
  });
  const time = { now: Date.UTC(2026, 10, 15, 2) };
  const link = lineOf(meter, time);
  const poll = async (id: string) => {
    const block = session.plan().find((one) => one.id === id);
    if (!block) throw new Error(`no block ${id}`);
    const { readings, learned } = await session.poll(block, link);
    return { readings: byKey(readings), learned };
  };
  return { meter, session, link, poll, time };
}

function byKey(readings: readonly Reading[]): Record<string, Partial<Reading>> {
  return Object.fromEntries(readings.map(({ point, at: _at, ...said }) => [point, said]));
}

describe('the plan', () => {
  it('asks each item once, as often as the most wanted of its points, with the bytes on the wire', () => {
    const { session } = station({ points: [...READING_POINTS, DAY, month(1)] });
    const plan = session
      .plan()
      .map(({ id, poll, points, requestLength, replyLength }) => [id, poll, points.length, requestLength, replyLength]);
    expect(plan).toEqual([
      ['901F', 'slow', 5, 20, 39],
      ['8103', 'rare', 1, 20, 21],
      ['D120', 'slow', 1, 20, 25],
    ]);
  });

  it('counts the lengths that captured frames have', () => {
    const { session } = station();
    const [block] = session.plan();
    expect(block?.replyLength).toBe(4 + vectorBytes('003').length);
  });

  it('counts the wake-up bytes that the profile wants', () => {
    const { session } = station({ profile: { meter: { type: '10', wakeUps: 12 } } });
    expect(session.plan()[0]?.requestLength).toBe(28);
  });
});

describe('a reading', () => {
  it('has every value with its digits, its time and its status', async () => {
    const { poll } = station();
    const { readings, learned } = await poll('901F');
    expect(readings).toEqual({
      volume: { value: 8031.69, exact: '8031.69', quality: 'good' },
      settlementVolume: { value: 548.03, exact: '548.03', quality: 'good', meterTime: '2026-11-01T00:00:00' },
      meterClock: { value: '2026-11-15T10:00:00', meterTime: '2026-11-15T10:00:00', quality: 'good' },
      valve: { value: 'open', quality: 'good' },
      batteryLow: { value: false, quality: 'good' },
    });
    expect(learned).toEqual({ diOrder: 'high', vain: {}, settlementDay: 1 });
  });

  it('is told once what it has learned', async () => {
    const { poll, meter } = station();
    await poll('901F');
    expect((await poll('901F')).learned).toBeUndefined();
    expect(meter.asked).toEqual(['01 901F', '01 8103', '01 901F']);
  });

  it('rejects where the meter is silent, and where it refuses', async () => {
    const { poll, meter } = station({ setup: { refuses: true } });
    delete meter.items['901F'];
    await expect(poll('901F')).rejects.toMatchObject({ code: 'refused' });
    meter.isDead = true;
    await expect(poll('901F')).rejects.toMatchObject({ code: 'timeout' });
  });

  it('asks with the wake-up bytes of the profile', async () => {
    const { session, link } = station({ profile: { meter: { type: '10', diOrder: 'high', wakeUps: 7 } } });
    const requests: string[] = [];
    const tapped = {
      ...link,
      exchange: (exchange: Parameters<typeof link.exchange>[0]) => (
        requests.push(hex(exchange.request)),
        link.exchange(exchange)
      ),
    };
    await session.poll(session.plan()[0] ?? expect.fail(), tapped);
    expect(requests[0]).toMatch(/^(fe){7}68/);
  });
});

describe('the order of DI', () => {
  it('is found out once, and remembered across a restart', async () => {
    const first = station({ setup: { order: 'low' } });
    const { learned } = await first.poll('901F');
    expect(first.meter.asked).toEqual(['01 901F', '01 1F90', '01 0381']);
    expect(learned).toMatchObject({ diOrder: 'low' });
    const second = station({ setup: { order: 'low' }, knowledge: learned ?? {} });
    expect((await second.poll('901F')).learned).toBeUndefined();
    expect(second.meter.asked).toEqual(['01 1F90']);
  });

  it('is found out by the reading, not by an item that the meter may not have', async () => {
    const { poll, meter } = station({ points: [...READING_POINTS, DAY], setup: { order: 'low' } });
    await poll('8103');
    expect(meter.asked).toEqual(['01 901F', '01 1F90', '01 0381']);
  });

  it('is doubted when a meter is silent for long: it may be another one', async () => {
    const { poll, meter } = station({ knowledge: { diOrder: 'high', settlementDay: 1 } });
    meter.order = 'low';
    for (let i = 0; i < 4; i++) await expect(poll('901F')).rejects.toThrow('no answer');
    expect((await poll('901F')).learned).toMatchObject({ diOrder: 'low' });
    expect(meter.asked.slice(4)).toEqual(['01 1F90']);
  });

  it('is not doubted because of damaged replies', async () => {
    const { session, link, poll, meter } = station({ knowledge: { diOrder: 'high', settlementDay: 1 } });
    const [block] = session.plan();
    if (!block) expect.fail('no plan');
    const damaged = { ...link, exchange: () => Promise.reject(new DriverError('checksum', 'damaged')) };
    for (let i = 0; i < 5; i++) await expect(session.poll(block, damaged)).rejects.toThrow('damaged');
    meter.isDead = true;
    await expect(poll('901F')).rejects.toThrow('no answer');
    expect(meter.asked).toEqual(['01 901F']);
  });

  it('is found although a meter that is given a rest is asked once between two rests', async () => {
    const { session, link, meter } = station({ setup: { order: 'low' } });
    const [block] = session.plan();
    if (!block) expect.fail('no plan');
    /** As a bus does whose breaker lets one exchange through. */
    const probing = () => {
      let sent = 0;
      const exchange: typeof link.exchange = (one) =>
        sent++ === 0 ? link.exchange(one) : Promise.reject(new DriverError('unsent', 'it is given a rest'));
      return { ...link, exchange };
    };
    await expect(session.poll(block, probing())).rejects.toMatchObject({ code: 'timeout' });
    expect((await session.poll(block, probing())).learned).toMatchObject({ diOrder: 'low' });
    expect(meter.asked).toEqual(['01 901F', '01 1F90']);
  });

  it('is found out once, although all blocks are wanted at once', async () => {
    const { session, link, meter } = station({ points: [...READING_POINTS, DAY, month(1)], setup: { order: 'low' } });
    await Promise.all(session.plan().map((block) => session.poll(block, link)));
    expect(meter.asked).toEqual(['01 901F', '01 1F90', '01 0381', '01 0381', '01 20D1']);
  });

  it('does not keep the next poll waiting for one that failed', async () => {
    const { session, link, meter } = station({ points: [...READING_POINTS, DAY] });
    const [reading, day] = session.plan();
    if (!reading || !day) expect.fail('no plan');
    meter.isDead = true;
    const lost = session.poll(reading, link);
    await expect(lost).rejects.toThrow('no answer');
    meter.isDead = false;
    expect((await session.poll(day, link)).readings).toHaveLength(1);
  });

  it('is asked for as the profile says, whatever was remembered', async () => {
    const { poll, meter } = station({ profile: { meter: { type: '10', diOrder: 'low' } }, setup: { order: 'low' }, knowledge: { diOrder: 'high', settlementDay: 1 } }); // prettier-ignore
    await poll('901F');
    expect(meter.asked).toEqual(['01 1F90']);
  });
});

describe('what the meter has kept', () => {
  const points = [...READING_POINTS, DAY, month(1), month(2)];

  it('has the time of its settlement day, by the clock of the meter', async () => {
    const { poll } = station({ points });
    expect((await poll('D120')).readings).toEqual({
      settlementVolume1: { value: 548.03, exact: '548.03', quality: 'good', meterTime: '2026-11-01T00:00:00' },
    });
    expect((await poll('D121')).readings['settlementVolume2']).toMatchObject({
      exact: '530.00',
      meterTime: '2026-10-01T00:00:00',
    });
  });

  it('reads clock and settlement day once for all of it', async () => {
    const { poll, meter } = station({ points });
    await poll('D120');
    await poll('D121');
    expect(meter.asked).toEqual(['01 901F', '01 8103', '01 D120', '01 D121']);
  });

  it('reads the clock anew when it was read long ago', async () => {
    const { poll, meter, time } = station({ points, knowledge: { diOrder: 'high', settlementDay: 1 } });
    await poll('901F');
    time.now += 2 * 3_600_000;
    meter.items['901F'] = READING.replace('00 00 10 15 11', '00 30 00 01 12');
    expect((await poll('D120')).readings['settlementVolume1']).not.toHaveProperty('meterTime');
    expect(meter.asked).toEqual(['01 901F', '01 901F', '01 D120']);
  });

  it('follows the settlement day when somebody sets another one', async () => {
    const { poll } = station({ points, knowledge: { diOrder: 'high', settlementDay: 20 } });
    expect((await poll('901F')).readings['settlementVolume']?.meterTime).toBe('2026-10-20T00:00:00');
    expect((await poll('8103')).learned).toMatchObject({ settlementDay: 1 });
    expect((await poll('901F')).readings['settlementVolume']?.meterTime).toBe('2026-11-01T00:00:00');
  });

  it('asks a meter that does not tell its settlement day for it once', async () => {
    const { poll, meter } = station({ points });
    delete meter.items['8103'];
    for (let i = 0; i < 3; i++) await poll('901F');
    expect(meter.asked).toEqual(['01 901F', '01 8103', '01 901F', '01 901F']);
  });

  it('remembers that the settlement day is none', async () => {
    const { poll } = station({ points, setup: { items: { ...WATER.items, '8103': 'ff' } } });
    const { readings, learned } = await poll('901F');
    expect(learned).toMatchObject({ settlementDay: null });
    expect(readings['settlementVolume']).not.toHaveProperty('meterTime');
    expect((await poll('8103')).readings['settlementDay']).toMatchObject({ value: null, quality: 'bad' });
  });

  it('needs no clock where the meter does not have the value', async () => {
    const { poll, meter } = station({ points: [...READING_POINTS, month(3)], knowledge: { diOrder: 'high', settlementDay: 1, vain: { D122: 3 } }, setup: { refuses: true } }); // prettier-ignore
    await poll('D122');
    expect(meter.asked).toEqual(['01 D122']);
  });

  it.each([
    ['has no settlement day', (items: Record<string, string>) => delete items['8103']],
    [
      'has no clock',
      (items: Record<string, string>) =>
        (items['901F'] = READING.replace('00 00 10 15 11 26 20', '00 00 00 00 00 00 00')),
    ],
  ])('has no time where the meter %s, and its value all the same', async (_, change) => {
    const { poll, meter } = station({ points });
    change(meter.items);
    const { settlementVolume } = (await poll('901F')).readings;
    expect(settlementVolume).toEqual({ value: 548.03, exact: '548.03', quality: 'good' });
  });
});

describe('an item that the meter does not have', () => {
  const points = [...READING_POINTS, month(3)];
  const known = { diOrder: 'high', settlementDay: 1 } as const;

  it.each([true, false])('is bad and no failure of the meter; refusing: %s', async (refuses) => {
    const { poll, session } = station({ points, knowledge: known, setup: { refuses } });
    const first = await poll('D122');
    expect(first.readings['settlementVolume3']).toMatchObject({ value: null, quality: 'bad' });
    expect(first.readings['settlementVolume3']?.reason).toMatch(/^the meter answers, but not to this: /);
    expect(first.learned).toMatchObject({ vain: { D122: 1 } });
    await poll('D122');
    expect((await poll('D122')).readings['settlementVolume3']?.reason).toMatch(/^this meter does not have it: /);
    expect(session.plan().find(({ id }) => id === 'D122')?.poll).toBe('rare');
    expect((await poll('D122')).learned).toBeUndefined();
  });

  it('is asked for twice before silence counts, and once when it is known', async () => {
    const { poll, meter } = station({ points, knowledge: known });
    await poll('901F');
    meter.asked.length = 0;
    await poll('D122');
    expect(meter.asked).toEqual(['01 D122', '01 901F', '01 D122']);
    await poll('D122');
    await poll('D122');
    meter.asked.length = 0;
    await poll('D122');
    expect(meter.asked).toEqual(['01 D122', '01 901F']);
  });

  it('comes back when the meter has it after all', async () => {
    const { poll, meter, session } = station({ points, knowledge: { ...known, vain: { D122: 3 } } });
    expect(session.plan().find(({ id }) => id === 'D122')?.poll).toBe('rare');
    meter.items['D122'] = '00 10 05 00 2c';
    const { readings, learned } = await poll('D122');
    expect(readings['settlementVolume3']?.exact).toBe('510.00');
    expect(learned).toMatchObject({ vain: {} });
    expect(session.plan().find(({ id }) => id === 'D122')?.poll).toBe('slow');
  });

  it('is no excuse for what is no answer: a line that is gone, a damaged reply, a mistake of ours', async () => {
    const { session, link } = station({ points, knowledge: known });
    const block = session.plan().find(({ id }) => id === 'D122') ?? expect.fail('no block');
    /** The answer to the reading, the one to D122, and so on: undefined is what the meter says. */
    const failing = (...errors: readonly (Error | undefined)[]) => {
      let asked = 0;
      const exchange: typeof link.exchange = (one) => {
        const error = errors[asked++];
        return error ? Promise.reject(error) : link.exchange(one);
      };
      return { ...link, exchange };
    };
    await session.poll(session.plan()[0] ?? expect.fail('no plan'), link);
    const gone = new DriverError('closed', 'the port is gone');
    const held = new DriverError('unsent', 'it is given a rest');
    const damaged = new DriverError('checksum', 'damaged');
    const silent = new DriverError('timeout', 'no answer from D122');
    await expect(session.poll(block, failing(damaged))).rejects.toBe(damaged);
    await expect(session.poll(block, failing(silent, gone))).rejects.toBe(gone);
    await expect(session.poll(block, failing(silent, held))).rejects.toBe(silent);
    await expect(session.poll(block, failing(silent, undefined, damaged))).rejects.toBe(damaged);
    const mistake = new Error('a mistake of ours');
    await expect(session.poll(block, failing(mistake))).rejects.toBe(mistake);
    await expect(session.poll(block, failing(silent, mistake))).rejects.toBe(mistake);
    await expect(session.poll(block, failing(silent, undefined, mistake))).rejects.toBe(mistake);
    const refused = new DriverError('refused', 'the meter refuses');
    const { readings, learned } = await session.poll(block, failing(silent, undefined, refused));
    expect(readings[0]?.reason).toBe('the meter answers, but not to this: the meter refuses');
    expect(learned).toMatchObject({ vain: { D122: 1 } });
  });

  it('is refused late, which is no refusal of the reading that is asked next', async () => {
    const { poll, link, session } = station({ points, knowledge: known, setup: { refuses: true } });
    await poll('901F');
    let late: Uint8Array | null = null;
    const slow: typeof link = {
      ...link,
      exchange: async (one) => {
        const before = late;
        late = await link.exchange(one).catch(() => new Uint8Array());
        if (before === null) throw new DriverError('timeout', 'no answer');
        return heardFrom(one, Buffer.concat([before, late]));
      },
    };
    const block = session.plan().find(({ id }) => id === 'D122') ?? expect.fail('no block');
    const { readings } = await session.poll(block, slow);
    expect(readings[0]?.reason).toMatch(/^the meter answers, but not to this: /);
    const main = session.plan().find(({ id }) => id === '901F') ?? expect.fail('no block');
    expect((await session.poll(main, slow)).readings[0]?.exact).toBe('8031.69');
  });

  it('is not judged by a meter that does not answer at all', async () => {
    const { poll, meter } = station({ points, knowledge: known });
    await poll('901F');
    meter.isDead = true;
    await expect(poll('D122')).rejects.toMatchObject({ code: 'timeout' });
    meter.isDead = false;
    expect((await poll('D122')).learned).toMatchObject({ vain: { D122: 1 } });
  });
});

it('judges a meter without a current reading by the first item of its profile', async () => {
  const { poll, meter } = station({
    points: [DAY, month(1), month(2)],
    knowledge: { diOrder: 'high', settlementDay: 1 },
  });
  await poll('D121');
  meter.isDead = true;
  await expect(poll('8103')).rejects.toMatchObject({ code: 'timeout' });
  expect(meter.asked).toEqual(['01 8103', '01 D121', '01 8103']);
});

it('makes nothing of knowledge that is none', async () => {
  const { poll } = station({ knowledge: { diOrder: 'sideways', vain: { D120: 'often' }, settlementDay: 'first' } });
  expect((await poll('901F')).readings['volume']?.exact).toBe('8031.69');
});

describe('setting the clock', () => {
  const points = [...READING_POINTS, month(1)];

  it('sends the time of its turn, and knows what the meter shows from then on', async () => {
    const { session, link, meter, time, poll } = station({ points, knowledge: { diOrder: 'high', settlementDay: 1 } });
    await poll('901F');
    const slow: typeof link = { ...link, exchange: (one) => ((time.now += 50_000), link.exchange(one)) };
    const written: string[] = [];
    const tapped: typeof link = {
      ...link,
      exchange: (one) => {
        if (one.effect === true) {
          written.push(hex(one.request).slice(-18, -4));
          meter.items['901F'] = READING.replace('00 00 10 15 11 26 20', '50 00 00 01 12 26 20');
        }
        return link.exchange(one);
      },
    };
    const waitedFor = session.poll(session.plan()[0] ?? expect.fail('no plan'), slow);
    const set = session.clock?.set('2026-12-01T00:00:00', tapped);
    await Promise.all([waitedFor, set]);
    expect(written).toEqual(['50000001122620']);
    // Before it was set, the latest settlement day was another one.
    expect((await poll('D120')).readings['settlementVolume1']).not.toHaveProperty('meterTime');
  });
});

describe('a command', () => {
  const valve = { valve: { motorMs: 8_000 } };
  const known = { diOrder: 'high', settlementDay: 1 } as const;

  it('closes the valve once, and says what the status has said after the motor', async () => {
    const { session, link, meter } = station({ profile: valve, knowledge: known, setup: { motorMs: 15_000 } });
    const { seen } = await session.execute({ action: 'closeValve' }, link);
    expect(byKey(seen)).toEqual({
      valve: { value: 'closed', quality: 'good' },
      batteryLow: { value: false, quality: 'good' },
    });
    expect(meter.asked).toEqual(['04 A017', '01 901F', '01 901F']);
  });

  it('opens a valve whose maker has a code of his own', async () => {
    const { session, link, meter } = station({ profile: { valve: { control: '2A' } }, knowledge: known, setup: { valveControl: '2a', st: '01 00' } }); // prettier-ignore
    expect((await session.execute({ action: 'openValve' }, link)).seen[0]).toMatchObject({ value: 'open' });
    expect(meter.asked[0]).toBe('2A A017');
  });

  it('is not done before it is seen', async () => {
    const { session, link, meter } = station({ profile: valve, knowledge: known, setup: { motorMs: 60_000 } });
    await expect(session.execute({ action: 'closeValve' }, link)).rejects.toMatchObject({ code: 'unconfirmed' });
    expect(meter.asked.filter((asked) => asked.startsWith('04'))).toHaveLength(1);
  });

  it.each([
    ['openValve', {}],
    ['exerciseValve', valve],
    ['volume', valve],
    ['toString', valve],
  ])('is refused where the profile does not offer it: %s', async (action, profile) => {
    const { session, link, meter } = station({ profile });
    await expect(session.execute({ action }, link)).rejects.toBeInstanceOf(DriverError);
    expect(meter.asked).toEqual([]);
  });
});

it('reads a captured heat meter that answers with another T, another SER and all its units', async () => {
  const reply = vectorBytes('028');
  const data = hex(reply.slice(14, -4));
  const points = [
    { key: 'heatEnergy', nameZh: '热量', obis: '6-0:1.0.0', unit: 'kWh', item: '901F', field: 'currentHeat' },
    { key: 'heatPower', nameZh: '功率', unit: 'W', item: '901F', field: 'power' },
    { key: 'supplyTemperature', nameZh: '供水', unit: '°C', item: '901F', field: 'supplyTempC' },
    { key: 'operatingTime', nameZh: '时间', unit: 'h', item: '901F', field: 'workHours' },
    { key: 'makers', nameZh: '厂家', item: '901F', field: 'st', bit: 8 },
    { key: 'status', nameZh: '状态', item: '901F', field: 'st' },
  ];
  const setup = {
    type: '25',
    wire: WIRE,
    order: 'low',
    items: { '901F': data },
    st: hex(reply.slice(-4, -2)),
  } as const;
  const { poll } = station({ setup, points, profile: { meter: { type: '20' } } });
  const { readings, learned } = await poll('901F');
  expect(learned).toMatchObject({ diOrder: 'low', answersAs: '25' });
  expect(readings).toEqual({
    heatEnergy: { value: 54427.88, exact: '54427.88', quality: 'good' },
    heatPower: { value: 0, exact: '0', quality: 'good' },
    supplyTemperature: { value: 26.79, quality: 'good' },
    operatingTime: { value: 74766, quality: 'good' },
    makers: { value: true, quality: 'good' },
    status: { value: '0005', quality: 'good' },
  });
});
