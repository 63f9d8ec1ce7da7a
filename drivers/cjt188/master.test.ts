import { describe, expect, it } from 'vitest';
import { DriverError } from '../errors.ts';
import { hex } from '../bytes/hex.ts';
import { masterOf, WIRE_ADDRESS } from './testing/meters.ts';
import { scriptedLine, type Turn } from './testing/scripted-line.ts';
import { sealed, vectorBytes } from './testing/vectors.ts';
import { readRequest, sealRequest, valveRequest } from './requests.ts';

const HEAD = `68 10 ${WIRE_ADDRESS}`;
const DATA = '01 00 00 00 2c 00 00 00 00 2c 06 20 17 09 01 17 20 00 00';

function request(text: string): string {
  return hex(sealed(`${HEAD} ${text}`));
}

function reading(di: string, ser: string): Uint8Array {
  return sealed(`${HEAD} 81 16 ${di} ${ser} ${DATA}`);
}

const highFirst = (ser: string): string => request(`01 03 90 1f ${ser}`);
const lowFirst = (ser: string): string => request(`01 03 1f 90 ${ser}`);
const refusal = (ser: string): Uint8Array => sealed(`${HEAD} c1 03 ${ser} 00 00`);

/** What became of reading 901F once. */
async function readOnce(turns: readonly Turn[], master = masterOf()): Promise<unknown> {
  const line = scriptedLine(turns);
  const outcome = await master.read(line, 0x901f).then(
    ({ data }) => hex(data),
    (error: unknown) => (error instanceof DriverError ? error.code : String(error)),
  );
  return { outcome, knowledge: master.knowledge, left: line.left() };
}

const ANSWERED = DATA.replaceAll(' ', '');

describe('the order of DI', () => {
  it('is high first where the meter answers that', async () => {
    expect(await readOnce([{ asks: highFirst('01'), hears: reading('90 1f', '01') }])).toEqual({
      outcome: ANSWERED,
      knowledge: { diOrder: 'high' },
      left: 0,
    });
  });

  it.each([
    ['silence', undefined],
    ['a refusal', refusal('01')],
    ['the echo of an adapter', sealed(`${HEAD} 01 03 90 1f 01`)],
    ['the answer of another meter', vectorBytes('005')],
  ])('is low first where high first meets %s', async (_, hears) => {
    const first: Turn = hears === undefined ? { asks: highFirst('01') } : { asks: highFirst('01'), hears };
    expect(await readOnce([first, { asks: lowFirst('02'), hears: reading('1f 90', '02') }])).toEqual({
      outcome: ANSWERED,
      knowledge: { diOrder: 'low' },
      left: 0,
    });
  });

  it('is what was asked, not what was answered', async () => {
    const turns = [{ asks: highFirst('01') }, { asks: lowFirst('02'), hears: reading('90 1f', '02') }];
    expect(await readOnce(turns)).toMatchObject({ knowledge: { diOrder: 'low' } });
  });

  it('is high first where the answer to that came late', async () => {
    const turns = [{ asks: highFirst('01') }, { asks: lowFirst('02'), hears: reading('90 1f', '01') }];
    expect(await readOnce(turns)).toMatchObject({ outcome: ANSWERED, knowledge: { diOrder: 'high' } });
  });

  it('is not known by one answer of a meter that counts by itself: it may be a late one', async () => {
    const turns = [{ asks: highFirst('01') }, { asks: lowFirst('02'), hears: reading('90 1f', '77') }];
    expect(await readOnce(turns)).toEqual({ outcome: ANSWERED, knowledge: {}, left: 0 });
  });

  it('is known by the next one', async () => {
    const master = masterOf();
    const turns = [
      { asks: highFirst('01') },
      { asks: lowFirst('02'), hears: reading('90 1f', '77') },
      { asks: lowFirst('03') },
      { asks: highFirst('04'), hears: reading('90 1f', '78') },
      { asks: highFirst('05'), hears: reading('90 1f', '79') },
    ];
    const line = scriptedLine(turns);
    await master.learnOrder(line);
    expect([master.knowledge, line.left()]).toEqual([{ diOrder: 'high' }, 0]);
  });

  it('is known where the meter has refused the other one, however it counts', async () => {
    const turns = [
      { asks: highFirst('01'), hears: refusal('76') },
      { asks: lowFirst('02'), hears: reading('1f 90', '77') },
    ];
    expect(await readOnce(turns)).toMatchObject({ knowledge: { diOrder: 'low' } });
  });

  it.each([
    ['silence', undefined],
    ['refusals', sealed(`${HEAD} c1 01 00`)],
    ['other meters', vectorBytes('005')],
  ])('is doubted when a reading has met %s four times', async (_, hears) => {
    const master = masterOf({}, { diOrder: 'high' });
    const answer = hears === undefined ? {} : { hears };
    for (const ser of ['01', '02', '03', '04']) await readOnce([{ asks: highFirst(ser), ...answer }], master);
    expect(await readOnce([{ asks: lowFirst('05'), hears: reading('1f 90', '05') }], master)).toEqual({
      outcome: ANSWERED,
      knowledge: { diOrder: 'low' },
      left: 0,
    });
  });

  it('is not doubted because the meter does not have an item', async () => {
    const master = masterOf({}, { diOrder: 'high' });
    for (const ser of ['01', '02', '03', '04', '05']) {
      const turn = { asks: request(`01 03 d1 25 ${ser}`), hears: refusal(ser) };
      await expect(master.read(scriptedLine([turn]), 0xd125)).rejects.toMatchObject({ code: 'refused' });
    }
    expect(await readOnce([{ asks: highFirst('06'), hears: reading('90 1f', '06') }], master)).toMatchObject({
      left: 0,
    });
  });

  it('is remembered from one reading to the next', async () => {
    const master = masterOf();
    const turns = [
      { asks: highFirst('01') },
      { asks: lowFirst('02'), hears: reading('1f 90', '02') },
      { asks: lowFirst('03'), hears: reading('1f 90', '03') },
    ];
    const line = scriptedLine(turns);
    await master.read(line, 0x901f);
    await master.read(line, 0x901f);
    expect(line.left()).toBe(0);
  });

  it('is remembered from one master to the next', async () => {
    const later = masterOf({}, { diOrder: 'low' });
    expect(await readOnce([{ asks: lowFirst('01') }], later)).toEqual({
      outcome: 'timeout',
      knowledge: { diOrder: 'low' },
      left: 0,
    });
  });

  it.each([[{ diOrder: 'middle' }], [{ diOrder: 1 }], [{}]])('is not taken from %j', async (knowledge) => {
    const master = masterOf({}, knowledge);
    expect(await readOnce([{ asks: highFirst('01'), hears: reading('90 1f', '01') }], master)).toMatchObject({
      outcome: ANSWERED,
    });
  });

  it('is the one of the profile, which teaches nothing', async () => {
    const low = masterOf({ diOrder: 'low' }, { diOrder: 'high' });
    expect(await readOnce([{ asks: lowFirst('01'), hears: reading('1f 90', '01') }], low)).toEqual({
      outcome: ANSWERED,
      knowledge: {},
      left: 0,
    });
  });

  it.each([
    ['both are met by silence', undefined, undefined, 'timeout'],
    ['one is refused and the other met by silence', refusal('01'), undefined, 'refused'],
    ['one is met by silence and the other refused', undefined, refusal('02'), 'refused'],
    ['both are refused', refusal('01'), refusal('02'), 'refused'],
  ])('is not known where %s', async (_, high, low, code) => {
    const turns = [
      { asks: highFirst('01'), ...(high === undefined ? {} : { hears: high }) },
      { asks: lowFirst('02'), ...(low === undefined ? {} : { hears: low }) },
    ];
    expect(await readOnce(turns)).toEqual({ outcome: code, knowledge: {}, left: 0 });
  });

  it.each([
    ['a damaged reply', reading('90 1f', '01').with(20, 0x77), 'checksum'],
    ['a closed line', new DriverError('closed', 'unplugged'), 'closed'],
    ['a request that was not sent', new DriverError('unsent', 'the queue is full'), 'unsent'],
  ])('is not asked for again after %s', async (_, hears, code) => {
    expect(await readOnce([{ asks: highFirst('01'), hears }])).toEqual({ outcome: code, knowledge: {}, left: 0 });
  });
});

describe('Master', () => {
  it('counts SER modulo 256', async () => {
    const master = masterOf({ diOrder: 'high' });
    const asked: string[] = [];
    for (let i = 1; i <= 257; i++) {
      const ser = (i % 256).toString(16).padStart(2, '0');
      asked.push(ser);
      await master.read(scriptedLine([{ asks: highFirst(ser), hears: reading('90 1f', ser) }]), 0x901f);
    }
    expect(asked.slice(-2)).toEqual(['00', '01']);
  });

  it('reads before it writes where it does not know the order', async () => {
    const master = masterOf();
    const line = scriptedLine([
      { asks: highFirst('01') },
      { asks: lowFirst('02'), hears: reading('1f 90', '02') },
      { asks: request('04 04 17 a0 03 99'), hears: sealed(`${HEAD} 84 05 17 a0 03 01 00`) },
    ]);
    const answer = await master.write(line, valveRequest('close'));
    expect([hex(answer.data), line.effects]).toEqual(['0100', [false, false, true]]);
  });

  it('writes nothing where it cannot find out the order', async () => {
    const line = scriptedLine([{ asks: highFirst('01') }, { asks: lowFirst('02') }]);
    await expect(masterOf().write(line, valveRequest('close'))).rejects.toMatchObject({ code: 'timeout' });
    expect(line.effects).toEqual([false, false]);
  });

  it('never repeats a write', async () => {
    const line = scriptedLine([{ asks: request('04 04 a0 17 01 99') }]);
    const master = masterOf({ diOrder: 'high' });
    await expect(master.write(line, valveRequest('close'))).rejects.toMatchObject({ code: 'timeout' });
    expect([line.left(), line.effects]).toEqual([0, [true]]);
  });

  it.each([
    ['the reading of a water meter', 0x10, 0x901f, 4 + 35],
    ['the reading of a heat meter', 0x20, 0x901f, 4 + 59],
    ['history', 0x10, 0xd120, 4 + 21],
    ['what it does not know', 0x10, 0x9099, 4 + 59],
  ])('gives the line time for %s', async (_, meterType, di, length) => {
    const asks = hex(
      sealed(`68 ${meterType.toString(16)} ${WIRE_ADDRESS} 01 03 ${hex(Uint8Array.of(di >>> 8, di & 0xff))} 01`),
    );
    const line = scriptedLine([{ asks }]);
    await expect(masterOf({ meterType, diOrder: 'high' }).read(line, di)).rejects.toMatchObject({ code: 'timeout' });
    expect(line.expected).toEqual([length]);
  });

  it('gives the line time for an acknowledgement', async () => {
    const line = scriptedLine([{ asks: request('04 04 a0 17 01 99') }]);
    await expect(masterOf({ diOrder: 'high' }).write(line, valveRequest('close'))).rejects.toThrow();
    expect(line.expected).toEqual([4 + 18]);
  });

  it('takes no answer with another number from a meter that repeats what it is asked', async () => {
    const turn = { asks: highFirst('01'), hears: reading('90 1f', '77') };
    const strict = masterOf({ diOrder: 'high', strictReplies: true });
    await expect(strict.read(scriptedLine([turn]), 0x901f)).rejects.toMatchObject({ code: 'foreign' });
    expect(await masterOf({ diOrder: 'high' }).read(scriptedLine([turn]), 0x901f)).toMatchObject({ ser: 0x77 });
  });

  it('takes no late refusal for its own from a meter that repeats what it is asked', async () => {
    const turns = [
      { asks: highFirst('01'), hears: reading('90 1f', '01') },
      { asks: highFirst('02'), hears: Uint8Array.from([...refusal('01'), ...reading('90 1f', '02')]) },
      { asks: highFirst('03'), hears: reading('90 1f', '77') },
      { asks: highFirst('04'), hears: Uint8Array.from([...refusal('78'), ...reading('90 1f', '79')]) },
    ];
    const line = scriptedLine(turns);
    const master = masterOf({ diOrder: 'high' });
    for (const ser of [1, 2, 0x77]) expect(await master.read(line, 0x901f)).toMatchObject({ ser });
    await expect(master.read(line, 0x901f)).rejects.toMatchObject({ code: 'refused' });
  });

  it('tells what a refusal says of the meter', async () => {
    const line = scriptedLine([{ asks: highFirst('01'), hears: sealed(`${HEAD} c1 03 01 05 00`) }]);
    await expect(masterOf({ diOrder: 'high' }).read(line, 0x901f)).rejects.toMatchObject({
      code: 'refused',
      message: 'meter 00201510270588 refuses (C C1): status 0500, valve closed, battery low',
      detail: 5,
    });
  });

  it.each([
    ['01', 'status 01, valve closed', 1],
    ['01 00', 'without a status', undefined],
  ])('tells what a refusal of %s says', async (data, words, detail) => {
    const length = data.length === 2 ? '01' : '02';
    const line = scriptedLine([{ asks: highFirst('01'), hears: sealed(`${HEAD} c1 ${length} ${data}`) }]);
    await expect(masterOf({ diOrder: 'high' }).read(line, 0x901f)).rejects.toMatchObject({
      message: `meter 00201510270588 refuses (C C1): ${words}`,
      detail,
    });
  });

  it('tells the type that a meter answers with', async () => {
    const settings = { meterType: 0x20, address: '00312718241912', diOrder: 'low' } as const;
    const line = scriptedLine([
      { asks: hex(sealRequest({ ...settings }, readRequest(0x901f), 'low', 1)).slice(8), hears: vectorBytes('028') },
    ]);
    expect(await masterOf(settings).read(line, 0x901f)).toMatchObject({ meterType: 0x25, ser: 3 });
  });
});
