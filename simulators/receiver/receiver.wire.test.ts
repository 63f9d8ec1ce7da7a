import { spawn } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { connect } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, describe, expect, it } from 'vitest';
import type { Fault } from './answer.ts';
import { framed, hidden, stamp } from './frame.ts';
import { startReceiver, type Receiver, type ReceiverOptions } from './receiver.ts';

const KEY = Buffer.alloc(16, 7);
const NOW = Date.parse('2026-03-09T02:15:30Z');
const MESSAGE = framed('"SIA-DCS"0101R1L0#A1B2C3[#A1B2C3|Nri3/PA0101]');

let receiver: Receiver;
afterEach(() => receiver.close());

async function start(options: ReceiverOptions = {}): Promise<void> {
  receiver = await startReceiver({ now: () => NOW, ...options });
}

function encrypted(at: number): Buffer {
  return framed(`"*SIA-DCS"0101R1L0#A1B2C3[${hidden(`|#A1B2C3|Nri3/PA0101]_${stamp(at)}`, KEY)}`);
}

/** What comes back on TCP until the connection ends, or as much as one frame. */
async function ask(bytes: Buffer): Promise<string> {
  const socket = connect(receiver.port, '127.0.0.1');
  let heard = '';
  socket.setEncoding('latin1').on('data', (text: string) => {
    heard += text;
    if (heard.endsWith('\r')) socket.end();
  });
  socket.write(bytes);
  await once(socket, 'close');
  return heard;
}

describe('a simulated receiver', () => {
  it('acknowledges on TCP with the sequence and address of the message, and writes down what it said', async () => {
    await start();
    expect(await ask(MESSAGE)).toBe(framed('"ACK"0101R1L0#A1B2C3[]').toString());
    expect(receiver.received).toMatchObject([
      {
        transport: 'tcp',
        id: 'SIA-DCS',
        sequence: '0101',
        account: 'A1B2C3',
        data: '[#A1B2C3|Nri3/PA0101]',
        answer: 'ACK',
      },
    ]);
  });

  it('acknowledges on UDP', async () => {
    await start();
    const socket = createSocket('udp4');
    const heard = once(socket, 'message') as Promise<[Buffer]>;
    socket.send(MESSAGE, receiver.port, '127.0.0.1');
    const [answer] = await heard;
    socket.close();
    expect(answer.toString()).toBe(framed('"ACK"0101R1L0#A1B2C3[]').toString());
  });

  it('takes a frame that comes in pieces, behind noise', async () => {
    await start();
    const socket = connect(receiver.port, '127.0.0.1');
    socket.write('noise');
    socket.write(MESSAGE.subarray(0, 20));
    socket.write(MESSAGE.subarray(20));
    await once(socket, 'data');
    socket.destroy();
    expect(receiver.received).toMatchObject([{ why: null, answer: 'ACK' }]);
  });

  it('hides its answer to a hidden message', async () => {
    await start({ key: KEY });
    expect(await ask(encrypted(NOW))).toMatch(/^\n.{8}"\*ACK"0101R1L0#A1B2C3\[[0-9A-F]{64}\r$/);
  });

  it.each([21_000, -41_000])('has NAK and its own time for a time that is %i ms off', async (off) => {
    await start({ key: KEY });
    expect(await ask(encrypted(NOW + off))).toBe(framed('"NAK"0000R0L0A0[]_02:15:30,03-09-2026').toString());
  });

  it.each([
    ['an account that it does not know', { accounts: ['1234'] }, MESSAGE],
    ['clear text where it has a key', { key: KEY }, MESSAGE],
    ['another key', { key: Buffer.alloc(16, 8) }, encrypted(NOW)],
  ])('has DUH for %s', async (_, options, message) => {
    await start(options);
    expect(await ask(message)).toBe(framed('"DUH"0101R1L0#A1B2C3[]').toString());
  });

  it('says nothing to a wrong CRC, and writes it down', async () => {
    await start();
    await ask(Buffer.concat([Buffer.from(MESSAGE).fill(0x30, 1, 5), MESSAGE]));
    expect(receiver.received).toMatchObject([{ why: 'crc', answer: 'none' }, { answer: 'ACK' }]);
  });

  it.each<[Fault, string]>([
    ['wrongSequence', '"ACK"0102R1L0#A1B2C3[]'],
    ['wrongAccount', '"ACK"0101R1L0#FEFEFE[]'],
    ['nak', '"NAK"0000R0L0A0[]_03:15:30,03-09-2026'],
    ['duh', '"DUH"0101R1L0#A1B2C3[]'],
  ])('can have the fault %s', async (fault, content) => {
    await start();
    receiver.fault(fault, 1);
    expect(await ask(MESSAGE)).toBe(framed(content).toString());
    expect(await ask(MESSAGE)).toBe(framed('"ACK"0101R1L0#A1B2C3[]').toString());
  });

  it.each<[Fault, RegExp]>([
    ['wrongCrc', /^\n.{4}0016"ACK"/],
    ['wrongLength', /^\n.{4}001[^6]"ACK"/],
    ['close', /^$/],
  ])('can have the fault %s too', async (fault, answer) => {
    await start();
    receiver.fault(fault);
    const heard = await ask(MESSAGE);
    expect(heard).toMatch(answer);
    expect(heard).not.toBe(framed('"ACK"0101R1L0#A1B2C3[]').toString());
  });

  it('is a process that says what it receives', async () => {
    await start();
    const child = spawn(process.execPath, [join(import.meta.dirname, 'main.ts'), '--port', '0'], { stdio: 'pipe' });
    const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
    const next = async () => JSON.parse((await lines.next()).value as string) as Record<string, unknown>;
    const { port } = (await next()) as { port: number };
    const socket = connect(port, '127.0.0.1');
    socket.write(MESSAGE);
    expect(await next()).toMatchObject({ account: 'A1B2C3', answer: 'ACK' });
    socket.destroy();
    child.kill('SIGTERM');
    expect(await once(child, 'exit')).toEqual([0, null]);
  });
});
