/** The sender against simulated receivers, over real sockets, from a real journal. */
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Fault } from '../../simulators/receiver/answer.ts';
import { stampedAt } from '../../simulators/receiver/frame.ts';
import { startReceiver, type Receiver, type ReceiverOptions } from '../../simulators/receiver/receiver.ts';
import { systemClock } from '../clock.ts';
import { monitoringStationSchema } from '../config/monitoring-station-schema.ts';
import { WriteError } from '../store/errors.ts';
import { openTestStore, raised, storeFile } from '../store/testing/fixtures.ts';
import type { AlarmChange } from '../store/rows.ts';
import type { Store } from '../store/store.ts';
import { freePort, until } from '../testing/programs.ts';
import { forgetStation } from './forget.ts';
import { StationSender } from './sender.ts';

const KEY = Buffer.from('000102030405060708090A0B0C0D0E0F', 'hex');
const CODES = new Map([
  ['fire.alarm', { sia: 'FA', contactId: 110 }],
  ['lift.carAlarm', { sia: 'QA', contactId: 101 }],
  ['power.loss', { sia: 'AT', contactId: 301 }],
]);

let store: Store;
let file: string;
beforeEach(async () => {
  file = storeFile();
  store = await openTestStore(file);
});
/** Senders before the store that they read. */
const closings: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closings.splice(0).toReversed()) await close();
  await store.close();
});

async function receiver(options: ReceiverOptions = {}): Promise<Receiver> {
  const started = await startReceiver(options);
  closings.push(() => started.close());
  return started;
}

interface Sketch {
  readonly ports: readonly number[];
  readonly key?: Uint8Array | null;
  readonly more?: Readonly<Record<string, unknown>>;
  /** Instead of the store's own. */
  readonly events?: Store['events'];
}

function sender({ ports, key = null, more = {}, events = store.events }: Sketch) {
  const path: boolean[] = [];
  const receivers = ports.map((port) => ({ host: '127.0.0.1', port }));
  const station = new StationSender({
    settings: monitoringStationSchema.parse({ account: 'A1B2C3', receivers, answerTimeoutMs: 10_000, ...more }),
    ...{ key, clock: systemClock, log: pino({ level: 'silent' }) },
    store: { ...store, events },
    names: () => ({ codesOf: (_, type) => CODES.get(type), nameOf: ({ source }) => source }),
    onPath: (isUp) => path.push(isUp),
  });
  closings.push(() => station.close());
  return { station, path };
}

/** Where a receiver does not answer. */
const SOON = { answerTimeoutMs: 400 };

/** Begins with an empty journal, and is known to be up. */
async function running(sketch: Sketch) {
  const made = sender(sketch);
  made.station.start();
  await until(() => made.station.state.up !== null, 'the path to be known');
  return made;
}

async function journal(station: StationSender, ...changes: readonly AlarmChange[]): Promise<void> {
  const now = Date.now();
  await store.write(
    'observe',
    changes.map((alarm) => ({ device: 'x', alarms: [{ ...alarm, at: now }] })),
    now,
  );
  station.wake();
}

function change(source: string, type = 'lift.carAlarm', priority = 1): AlarmChange {
  return raised({ source, alarm: `${source}--${type.replace('.', '-')}`, type, priority });
}

function over({ after }: AlarmChange): AlarmChange {
  return { type: 'clear', from: 'B', by: null, note: null, at: after.changedAt, after: { ...after, letter: 'D' } };
}

/** What came, without the link tests. */
function events({ received }: Receiver) {
  return received.filter(({ id }) => id !== 'NULL');
}

async function data(station: Receiver, count: number): Promise<(string | null)[]> {
  await until(() => events(station).filter(({ answer }) => answer === 'ACK').length >= count, `${count} reports`);
  return events(station).map((entry) => entry.data);
}

describe('the sender', () => {
  it.each(['tcp', 'udp'] as const)('tells an alarm and its end over %s', async (transport) => {
    const one = await receiver();
    const receivers = [{ host: '127.0.0.1', port: one.port, transport }];
    const { station } = await running({ ports: [], more: { receivers, zones: { 'lift-1': 21 } } });
    await journal(station, change('lift-1'), over(change('lift-1')));
    expect(await data(one, 2)).toEqual(['[#A1B2C3|Nri1/QA0021][Ilift-1]', '[#A1B2C3|Nri1/QR0021][Ilift-1]']);
    expect(one.received.every((entry) => entry.transport === transport)).toBe(true);
  });

  it.each([16, 24, 32])('hides what it tells under a key of %i bytes', async (length) => {
    const key = Buffer.alloc(length, 9);
    const one = await receiver({ key, accounts: ['A1B2C3'] });
    const { station } = await running({ ports: [one.port], key, more: { format: 'adm-cid' } });
    await journal(station, change('lift-1'));
    expect(await data(one, 1)).toEqual(['[#A1B2C3|1101 01 000]']);
    expect(one.received.every(({ encrypted }) => encrypted)).toBe(true);
  });

  it('tells fire first, then by priority, then in order', async () => {
    const one = await receiver();
    const { station } = sender({ ports: [one.port] });
    await store.write('monitoringStationAcknowledged', 0);
    const some = [change('power', 'power.loss', 2), change('lift-1'), change('lift-2'), change('hall', 'fire.alarm')];
    await journal(station, ...some);
    station.start();
    const codes = (await data(one, 4)).map((entry) => entry?.replace(/^.*\[I(.*)\]$/, '$1'));
    expect(codes).toEqual(['hall', 'lift-1', 'lift-2', 'power']);
  });

  it.each<Fault>(['silent', 'wrongSequence', 'wrongCrc', 'wrongLength', 'wrongAccount', 'close'])(
    'sends again with the same sequence to a receiver that is %s, and takes no such answer for an acknowledgement',
    async (fault) => {
      const one = await receiver();
      const { station } = await running({ ports: [one.port], more: SOON });
      one.fault(fault);
      await journal(station, change('lift-1'));
      await until(() => events(one).length >= 2, 'a second try');
      expect(store.monitoringStation.through()).toBe(0);
      expect(station.state).toMatchObject({ up: false, waiting: 1 });
      one.fault('none');
      await until(() => store.monitoringStation.through() === 1, 'the acknowledgement');
      expect(new Set(events(one).map(({ sequence }) => sequence))).toEqual(new Set(['0001']));
    },
  );

  it.each<[Fault, string]>([
    ['wrongKey', 'the key does not open its answer'],
    ['clear', 'its answer is not encrypted'],
  ])('does not believe who acknowledges without the key: %s', async (fault, reason) => {
    const one = await receiver({ key: KEY });
    const { station } = await running({ ports: [one.port], key: KEY, more: SOON });
    one.fault(fault);
    await journal(station, change('lift-1'));
    await until(() => station.state.up === false, 'the path to be down');
    expect(station.state).toMatchObject({ waiting: 1, receivers: [{ reason }] });
  });

  it('sets itself by the clock of a receiver that refuses its time', async () => {
    const one = await receiver({ key: KEY, now: () => Date.now() + 7_200_000 });
    const { station } = await running({ ports: [one.port], key: KEY });
    await journal(station, change('lift-1'));
    await data(one, 1);
    expect(one.received.map(({ answer }) => answer)).toEqual(['NAK', 'ACK', 'ACK']);
  });

  it('says by the clock of the receiver, too, when what is told late happened', async () => {
    const AHEAD_MS = 7_200_000;
    const one = await receiver({ key: KEY, now: () => Date.now() + AHEAD_MS });
    const { station } = await running({ ports: [one.port], key: KEY });
    const at = Date.now() - 60_000;
    await store.write('observe', [{ device: 'x', alarms: [{ ...change('lift-1'), at }] }], Date.now());
    station.wake();
    const [told] = await data(one, 1);
    const happened = stampedAt(/\[H(.*)\]$/.exec(told ?? '')?.[1] ?? '');
    expect(Math.abs(happened - at - AHEAD_MS)).toBeLessThan(2_000);
  });

  it('says what is wrong with a receiver that refuses every time', async () => {
    const one = await receiver();
    one.fault('nak');
    const { station } = await running({ ports: [one.port] });
    expect(station.state).toMatchObject({
      up: false,
      receivers: [{ reason: expect.stringContaining('NAK') as string }],
    });
  });

  it('goes on after a report that the receiver cannot process', async () => {
    const one = await receiver();
    const { station } = await running({ ports: [one.port] });
    one.fault('duh', 1);
    await journal(station, change('lift-1'));
    await until(() => station.state.refused === 1, 'the refusal');
    await journal(station, change('lift-2'));
    await data(one, 1);
    expect(station.state).toMatchObject({ up: true, waiting: 0, refused: 1 });
  });

  it('keeps its reports while the receiver refuses everything, as for an account that it does not know', async () => {
    const one = await receiver({ accounts: ['FFFF'] });
    const { station } = await running({ ports: [one.port] });
    await journal(station, change('lift-1'));
    await until(() => events(one).length >= 2, 'two tries');
    expect(station.state).toMatchObject({ up: false, waiting: 1, refused: 0 });
  });

  it('goes to the second receiver, and back to the first', async () => {
    const [one, two] = [await receiver(), await receiver()];
    const { station, path } = await running({
      ports: [one.port, two.port],
      more: { supervisionS: 5, answerTimeoutMs: 1_500 },
    });
    await until(() => station.state.receivers.every(({ up }) => up), 'both to be up');
    one.fault('silent');
    await journal(station, change('lift-1'));
    await data(two, 1);
    await journal(station, change('lift-2'));
    await data(two, 2);
    expect(station.state).toMatchObject({ up: true, receivers: [{ up: false }, { up: true }] });
    expect(events(one)).toHaveLength(1);
    one.fault('none');
    await until(() => station.state.receivers[0]?.up, 'the first to be back', 20_000);
    await journal(station, change('lift-3'));
    await until(() => events(one).length === 2, 'a report to the first');
    expect([events(two).length, path]).toEqual([2, [true]]);
  });

  it('goes back to a receiver that one report has found silent, long before its next link test', async () => {
    const [one, two] = [await receiver(), await receiver()];
    const { station } = await running({ ports: [one.port, two.port], more: { ...SOON, supervisionS: 3_600 } });
    await until(() => station.state.receivers.every(({ up }) => up), 'both to be up');
    one.fault('silent', 1);
    await journal(station, change('lift-1'));
    await data(two, 1);
    expect(station.state.receivers[0]?.up).toBe(false);
    await until(() => station.state.receivers[0]?.up, 'the first to be back', 20_000);
  });

  it('tells nothing of an alarm that came and went while it was hidden', async () => {
    const one = await receiver();
    const { station } = await running({ ports: [one.port] });
    const hidden = raised({ source: 'gate', alarm: 'gate--power-loss', type: 'power.loss', letter: 'H', priority: 2 });
    const gone = { ...over(hidden), after: hidden.after };
    await journal(station, hidden, gone, change('lift-1'));
    expect(await data(one, 1)).toEqual(['[#A1B2C3|Nri1/QA0000][Ilift-1]']);
    expect(station.state.waiting).toBe(0);
  });

  it('goes on when the store can be read again', async () => {
    const one = await receiver();
    let isDisk = false;
    const list: Store['events']['list'] = (query) => {
      if (!isDisk) throw new WriteError('SQLITE_IOERR_READ', 'disk I/O error');
      return store.events.list(query);
    };
    const { station } = await running({ ports: [one.port], events: { ...store.events, list } });
    await journal(station, change('lift-1'));
    isDisk = true;
    await journal(station, change('lift-2'));
    expect(await data(one, 2)).toHaveLength(2);
  });

  it('ends at once while a receiver leaves it waiting, and takes nobody for silent by that', async () => {
    const one = await receiver();
    const { station, path } = await running({ ports: [one.port], more: { answerTimeoutMs: 20_000 } });
    one.fault('silent');
    await journal(station, change('lift-1'));
    await until(() => events(one).length === 1, 'the report');
    await station.close();
    expect([station.state.up, station.state.waiting, path]).toEqual([true, 1, [true]]);
  }, 5_000);

  it('tells when the path goes down and comes back, and sends what waited', async () => {
    const port = await freePort();
    const { station, path } = await running({ ports: [port], more: { supervisionS: 5 } });
    expect([station.state.up, path]).toEqual([false, [false]]);
    await journal(station, change('lift-1'));
    const one = await receiver({ port });
    await data(one, 1);
    expect(path).toEqual([false, true]);
  });

  it('begins with what happens from now on, and goes on where it was acknowledged', async () => {
    const one = await receiver();
    const first = sender({ ports: [one.port] });
    await journal(first.station, change('before'));
    first.station.start();
    await until(() => first.station.state.up, 'the path to be up');
    await journal(first.station, change('lift-1'));
    await data(one, 1);
    await until(() => store.monitoringStation.through() === 2, 'the watermark');
    await first.station.close();
    await journal(first.station, change('lift-2'));
    const second = sender({ ports: [one.port] });
    second.station.start();
    const told = (await data(one, 2)).map((entry) => entry?.replace(/^.*\[I(.*)\]$/, '$1'));
    expect(told).toEqual(['lift-1', 'lift-2']);
  });

  it('begins anew after a time in which the site had no station', async () => {
    const one = await receiver();
    await store.write('monitoringStationAcknowledged', 0);
    const { station } = sender({ ports: [one.port] });
    await journal(station, change('meanwhile'));
    await forgetStation(store);
    expect(store.monitoringStation.through()).toBeNull();
    station.start();
    await until(() => store.monitoringStation.through() === 1, 'the watermark');
    await journal(station, change('lift-1'));
    expect(await data(one, 1)).toEqual(['[#A1B2C3|Nri1/QA0000][Ilift-1]']);
  });

  it.each(['tcp', 'udp'] as const)('says so where there is no such host, over %s', async (transport) => {
    const receivers = [{ host: 'no-such-host.invalid', port: 1, transport }];
    const { station } = await running({ ports: [], more: { receivers } });
    expect(station.state.receivers).toMatchObject([{ up: false, reason: expect.stringMatching(/.+/) as string }]);
  });

  it('asks a quiet receiver again and again, with sequence 0000', async () => {
    const one = await receiver();
    await running({ ports: [one.port], more: { supervisionS: 5 } });
    await until(() => one.received.length >= 2, 'a second link test');
    expect(one.received.map(({ id, sequence }) => [id, sequence])).toEqual([
      ['NULL', '0000'],
      ['NULL', '0000'],
    ]);
  });
});
