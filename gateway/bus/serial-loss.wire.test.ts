/** A serial port that is lost while it is being switched to the settings of another device. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { DriverError } from '../../drivers/errors.ts';
import { sealRtu } from '../../drivers/modbus/frame-rtu.ts';
import { pressureTransmitter } from '../../simulators/devices/pressure-transmitter.ts';
import { startSerialLine } from '../../simulators/wire/serial-line.ts';
import { systemClock } from '../clock.ts';
import { until } from '../testing/programs.ts';
import { Bus } from './bus.ts';
import { SerialTransport } from './serial.ts';
import type { SerialSettings, Transport } from './transport.ts';

const USUAL: SerialSettings = { baud: 115200, format: '8N1' };
const FASTER: SerialSettings = { baud: 57600, format: '8N1' };
const EVEN: SerialSettings = { baud: 115200, format: '8E1' };
const REPLY_BYTES = 7;

/** What can happen while a port is to be switched. */
interface Switching {
  readonly unplug: () => Promise<void>;
  /** Resolves when the port's owner has heard that it has gone. */
  readonly heardOf: () => Promise<unknown>;
  readonly apply: () => Promise<void>;
}

/** A port with two devices, whose `meanwhile` happens when it is switched first; `heard`: what came to its owner, and left. */
async function switchedLine(meanwhile: (switching: Switching) => Promise<unknown>) {
  const path = join(mkdtempSync(join(tmpdir(), 'gatehouse-port-')), 'port');
  const devices = [1, 2].map((unit) => pressureTransmitter({ id: `p${unit}`, unit }));
  const line = await startSerialLine({ devices, paced: false, pty: path });
  onTestFinished(() => line.close());
  const port = new SerialTransport(path, USUAL);
  const heard = { opened: 0, closed: 0, sent: 0 };
  const state = { lossy: true };
  const transport: Transport = {
    open: async (handlers) => {
      await port.open({
        data: handlers.data,
        closed: (reason) => {
          heard.closed += 1;
          handlers.closed(reason);
        },
      });
      heard.opened += 1;
    },
    write: (bytes) => {
      heard.sent += 1;
      port.write(bytes);
    },
    apply: async (settings) => {
      if (!state.lossy) return port.apply(settings);
      state.lossy = false;
      await meanwhile({
        unplug: () => line.unplug(),
        heardOf: () => {
          // A port of which nobody wants anything may not say that it has gone.
          port.write(Uint8Array.of(0));
          return until(() => heard.closed > 0, 'the loss to be noticed');
        },
        apply: () => port.apply(settings),
      });
    },
    close: () => port.close(),
  };
  const breaker = { failures: 9, firstBackoffMs: 100, maxBackoffMs: 100 };
  const settings = { id: 'b', interByteTimeoutMs: 20, echo: false, serial: USUAL, breaker, silenceLimit: 0 };
  const bus = new Bus(transport, settings, systemClock);
  bus.start();
  onTestFinished(() => bus.stop());
  await until(() => bus.state === 'open', 'the port to open');
  return { bus, heard, line };
}

/** Reads a register of a device that is spoken to with these settings. Resolves with the reply, or with what went wrong. */
function read(bus: Bus, unit: number, serial: SerialSettings): Promise<Uint8Array | DriverError> {
  const request = sealRtu(unit, Uint8Array.of(3, 0, 4, 0, 1));
  const reply = {
    scan: (received: Uint8Array) =>
      received.length < REPLY_BYTES
        ? ({ state: 'incomplete' } as const)
        : ({ state: 'reply', start: 0, end: REPLY_BYTES } as const),
    diagnose: () => ({ code: 'timeout', message: 'no answer' }) as const,
    expectedLength: REPLY_BYTES,
  };
  const how = { replyTimeoutMs: 300, byteMs: 0, gapMs: 2, priority: 'ordinary' } as const;
  return bus.exchange({ request, reply }, { ...how, device: `p${unit}`, serial }).catch((error: unknown) => {
    if (error instanceof DriverError) return error;
    throw error;
  });
}

describe.each([
  ['speed', FASTER],
  ['format', EVEN],
])('a port that is lost while its %s is being switched', (_, other) => {
  it.each<readonly [string, (switching: Switching) => Promise<unknown>]>([
    ['unnoticed', ({ unplug, apply }) => unplug().then(apply)],
    ['and its owner knows', ({ unplug, heardOf, apply }) => unplug().then(heardOf).then(apply)],
  ])('%s: nothing is sent, the exchange fails, and both devices are read once it is back', async (_, meanwhile) => {
    const { bus, heard, line } = await switchedLine(meanwhile);
    expect(await read(bus, 1, USUAL)).toHaveLength(REPLY_BYTES);
    expect(heard.sent).toBe(1);
    const failed = await read(bus, 2, other);
    expect(failed).toMatchObject({ code: 'unsent' });
    expect(heard.sent).toBe(1);
    await until(() => bus.state !== 'open', 'the port to be given up');
    await line.plug();
    await until(() => bus.state === 'open', 'the port to be opened again');
    expect(await read(bus, 1, USUAL)).toHaveLength(REPLY_BYTES);
    expect(await read(bus, 2, other)).toHaveLength(REPLY_BYTES);
    expect(await read(bus, 1, USUAL)).toHaveLength(REPLY_BYTES);
    expect(heard).toMatchObject({ opened: 2, closed: 1 });
    expect(bus.state).toBe('open');
  });
});
