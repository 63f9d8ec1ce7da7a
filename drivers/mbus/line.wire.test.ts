/** Slaves on a real line that echoes, cuts answers in pieces, and lets answers of several slaves fall together. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { Bus } from '../../gateway/bus/bus.ts';
import { createLink } from '../../gateway/bus/link.ts';
import { tcpTransport } from '../../gateway/bus/tcp.ts';
import { systemClock } from '../../gateway/clock.ts';
import { busSchema, deviceSchema } from '../../gateway/config/schema.ts';
import { until } from '../../gateway/testing/programs.ts';
import type { Link } from '../contract.ts';
import { readMeter, type MeterAddress } from './read-meter.ts';
import { searchPrimary } from './search-primary.ts';
import { searchSecondary } from './search-secondary.ts';
import { parseSecondaryAddress } from './secondary-address.ts';
import { startSlaves, type SlaveServer } from './testing/slave-server.ts';
import type { SimulatedSlave } from './testing/slaves.ts';

/** Digits with so many bits that nobody can hide behind them: the search needs few requests. */
const SLAVES: readonly SimulatedSlave[] = [
  { primary: 1, id: '17777777', telegrams: ['0c 13 27048502'] },
  { primary: 2, id: '29999999', telegrams: ['0c 13 11000000 1f', '4c 13 22000000'], slow: true },
  { primary: 3, id: '97979797', telegrams: ['0c 13 33000000'] },
];

let server: SlaveServer;
let bus: Bus;
/** The links of two devices of one bus. */
let link: Link;
let other: Link;

beforeEach(async () => {
  server = await startSlaves(SLAVES, { echo: true });
  const { port } = server;
  // In a search most requests meet silence: nobody is to rest for that, and no connection to be given up.
  const breaker = { failures: 2, firstBackoffMs: 60_000, maxBackoffMs: 60_000 };
  bus = new Bus(
    tcpTransport('127.0.0.1', port),
    { id: 'b', interByteTimeoutMs: 120, echo: false, breaker, silenceLimit: 4 },
    systemClock,
  );
  bus.start();
  await until(() => bus.state === 'open', 'the bus to open');
  const where = { type: 'tcp-serial', host: '127.0.0.1', port, baud: 9600, replyTimeoutMs: 120 };
  const config = busSchema.parse({ id: 'b', ...where });
  const linkOf = (id: string): Link => {
    const device = deviceSchema.parse({ id, bus: 'b', address: '1', profile: 'none' });
    return createLink(bus, config, device, systemClock, { priority: 'ordinary' });
  };
  link = linkOf('d');
  other = linkOf('e');
});

afterEach(async () => {
  await bus.stop();
  server.close();
});

it('finds all slaves by their secondary addresses', async () => {
  const { found, unresolved } = await searchSecondary(link);
  expect(found.map(({ id }) => id).sort()).toEqual(['17777777', '29999999', '97979797']);
  expect(unresolved).toEqual([]);
  expect(bus.statistics().devices).toMatchObject([{ device: 'd', breaker: 'closed', errors: {} }]);
});

it('finds them by their primary addresses', async () => {
  const found = await searchPrimary(link, { from: 1, to: 4 });
  expect(found.map(({ address, kind }) => [address, kind])).toEqual([
    [1, 'slave'],
    [2, 'slave'],
    [3, 'slave'],
  ]);
});

it('reads all telegrams of a meter by either address', async () => {
  const secondary = parseSecondaryAddress('29999999FFFFFFFF') ?? new Uint8Array(8);
  for (const address of [
    { kind: 'primary', address: 2 },
    { kind: 'secondary', address: secondary },
  ] as const) {
    const { telegrams, complete } = await readMeter(link, address);
    expect(complete).toBe(true);
    expect(telegrams).toMatchObject([
      { slave: { id: '29999999' }, records: [{ value: '0.011', storage: 0 }] },
      { slave: { id: '29999999' }, records: [{ value: '0.022', storage: 1 }] },
    ]);
  }
});

it('reads meters at once by whichever address, and none of them in the place of another', async () => {
  const secondary = (id: string): MeterAddress => ({
    kind: 'secondary',
    address: parseSecondaryAddress(`${id}FFFFFFFF`) ?? new Uint8Array(8),
  });
  const read = async (over: Link, address: MeterAddress): Promise<string[]> => {
    const { telegrams } = await readMeter(over, address);
    return telegrams.map((telegram) => (telegram.kind === 'variable' ? telegram.slave.id : telegram.fixed.id));
  };
  for (let round = 1; round <= 5; round++) {
    const both = await Promise.all([read(link, secondary('29999999')), read(other, secondary('97979797'))]);
    expect(both).toEqual([['29999999', '29999999'], ['97979797']]);
    const primary = read(link, { kind: 'primary', address: 2, id: '29999999' });
    expect(await Promise.all([primary, read(other, secondary('97979797'))])).toEqual(both);
  }
});

it('says that nobody answers, although the request comes back', async () => {
  await expect(readMeter(link, { kind: 'primary', address: 9 })).rejects.toMatchObject({
    code: 'timeout',
    message: 'no answer from address 9',
  });
});
