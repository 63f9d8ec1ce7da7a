/** A meter on a line that echoes, carries noise and another meter's answers, and loses the answer to a command. */
import { createServer, type Server, type Socket } from 'node:net';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { Bus } from '../../gateway/bus/bus.ts';
import { createLink } from '../../gateway/bus/link.ts';
import { tcpTransport } from '../../gateway/bus/tcp.ts';
import { systemClock } from '../../gateway/clock.ts';
import { busSchema, deviceSchema } from '../../gateway/config/schema.ts';
import { until } from '../../gateway/testing/programs.ts';
import { hex } from '../bytes/hex.ts';
import type { Link } from '../contract.ts';
import { discoverMeter } from './discover.ts';
import { readCurrent } from './read-item.ts';
import { masterOf, WIRE_ADDRESS } from './testing/meters.ts';
import { fromHex, joined, sealed, vectorBytes } from './testing/vectors.ts';
import { operateValve } from './valve.ts';

const HEAD = `68 10 ${WIRE_ADDRESS}`;
const BARE_HEAD = HEAD.slice(3).replaceAll(' ', '');
const MOTOR_MS = 120;
const OTHER_METER = vectorBytes('005');

/** Takes DI low byte first only, moves its valve for a while, and has the line swallow the answer to each command. */
class WaterMeter {
  commands = 0;
  #st = '00 00';

  /** What the meter sends after `request`: hex without wake-up bytes. */
  answer(request: string): Uint8Array {
    const [, head = '', ser = '', data = ''] = /^68(.{16}.{4}.{4})(..)(.*)....$/.exec(request) ?? [];
    switch (head) {
      case `${BARE_HEAD}040417a0`:
        this.commands += 1;
        setTimeout(() => (this.#st = data === '99' ? '01 00' : '00 00'), MOTOR_MS);
        return new Uint8Array();
      case `${BARE_HEAD}01031f90`:
        return sealed(`${HEAD} 81 16 1f 90 ${ser} 34 12 00 00 2c 00 00 00 00 2c 06 20 17 09 01 17 20 ${this.#st}`);
      case 'aaaaaaaaaaaaaaaa03030a81':
        return sealed(`${HEAD} 83 03 0a 81 ${ser}`);
      default:
        return new Uint8Array();
    }
  }
}

let meter: WaterMeter;
let server: Server;
let bus: Bus;
let link: Link;

/** Echo, noise, a late answer of another meter, wake-up bytes, the answer cut in pieces, and two bytes of a radio. */
function serve(socket: Socket): void {
  let pending = '';
  socket.on('error', () => socket.destroy());
  socket.on('data', (bytes) => {
    pending += hex(bytes);
    const request = /^(?:fe)*(68.{18}(..).*16)$/.exec(pending)?.[1];
    if (request === undefined || request.length !== 2 * (13 + parseInt(request.slice(20, 22), 16))) return;
    pending = '';
    const answer = meter.answer(request);
    const heard = joined(fromHex(`fefe${request}55`), OTHER_METER, fromHex('fefefe'), answer, fromHex('524f'));
    for (let at = 0; at < heard.length; at += 7) socket.write(heard.subarray(at, at + 7));
  });
}

beforeEach(async () => {
  meter = new WaterMeter();
  server = createServer(serve).listen(0, '127.0.0.1');
  const port = await until(() => {
    const address = server.address();
    return address !== null && typeof address === 'object' && address.port;
  }, 'the meter to listen');
  const breaker = { failures: 100, firstBackoffMs: 10, maxBackoffMs: 10 };
  const settings = { id: 'b', interByteTimeoutMs: 30, echo: false, breaker, silenceLimit: 0 };
  bus = new Bus(tcpTransport('127.0.0.1', port), settings, systemClock);
  bus.start();
  await until(() => bus.state === 'open', 'the bus to open');
  const where = { type: 'tcp-serial', host: '127.0.0.1', port, baud: 2400, replyTimeoutMs: 100 };
  const config = busSchema.parse({ id: 'b', ...where });
  const device = deviceSchema.parse({ id: 'd', bus: 'b', unit: 1, profile: 'none' });
  link = createLink(bus, config, device, systemClock, { priority: 'ordinary' });
});

afterEach(async () => {
  await bus.stop();
  server.close();
});

it('finds the meter, although another one is heard', async () => {
  expect(await discoverMeter(link)).toEqual({ meterType: 0x10, address: '00201510270588', diOrder: 'low' });
});

it('reads through echo, noise and answers of another meter, and remembers how it is asked', async () => {
  const master = masterOf();
  const reading = await readCurrent(master, link);
  expect(reading.fields[0]).toMatchObject({ name: 'current', value: '12.34', unit: 'm3' });
  expect(master.knowledge).toEqual({ diOrder: 'low' });
});

it('closes a valve once, although the answer is lost, and waits until the status says so', async () => {
  const master = masterOf({ diOrder: 'low' });
  const waits = Array.from({ length: 100 }, () => 20);
  const outcome = await operateValve(master, link, 'close', { waits });
  expect(outcome).toMatchObject({ status: { valve: 'closed' }, isAcknowledged: false });
  expect(meter.commands).toBe(1);
});
