import { afterEach, describe, expect, it } from 'vitest';
import { moxaE1210 } from '../devices/moxa-iologik-e1210.ts';
import { iem3000 } from '../devices/schneider-iem3000.ts';
import { Master, portOf, until } from '../testing/master.ts';
import type { Line } from './line.ts';
import { startTcpServer, type TcpServerOptions } from './tcp-server.ts';

const open: { close(): Promise<void> | void }[] = [];
afterEach(async () => {
  for (const each of open.splice(0).reverse()) await each.close();
});

async function start(options: Partial<TcpServerOptions> = {}): Promise<{ line: Line; master: Master }> {
  const devices = options.devices ?? [moxaE1210({ id: 'x', unit: 1 }), iem3000({ id: 'e', unit: 2 })];
  const line = await startTcpServer({ ...options, devices });
  open.push(line);
  const master = await Master.connect(portOf(line));
  open.push(master);
  return { line, master };
}

const INPUTS = '0007 0000 0006 01 02 0000 0010';
const INPUTS_REPLY = '0007000000050102020000';
const EXPORT = '0008 0000 0006 02 03 0C87 0004';
const EXPORT_REPLY = '00080000000b02030800000000000004d2';

describe('a Modbus TCP server', () => {
  it('serves the units behind it under their transaction ids', async () => {
    const { master } = await start();
    expect(await master.ask(INPUTS, 11)).toBe(INPUTS_REPLY);
    expect(await master.ask(EXPORT, 17)).toBe(EXPORT_REPLY);
  });

  it('serves several requests of one segment', async () => {
    const { master } = await start();
    expect((await master.ask(INPUTS + EXPORT, 28)).length).toBe(56);
  });

  it('serves a request that comes in pieces', async () => {
    const { line, master } = await start();
    for (const piece of ['0007 00', '00 0006 01', '02 0000 00']) {
      master.send(piece);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    expect(line.behaviour.statistics.requests).toBe(0);
    expect(await master.ask('10', 11)).toBe(INPUTS_REPLY);
  });

  it.each([
    ['another protocol', '0007 0001 0006 01 02 0000 0010'],
    ['an impossible length', '0007 0000 0000 01 02 0000 0010'],
  ])('closes the connection on %s', async (_name, frame) => {
    const { master } = await start();
    master.send(frame);
    await master.waitForClose();
    expect(master.received).toBe('');
  });

  it('is silent about a unit that is not there, or says so as a gateway', async () => {
    const silent = await start();
    silent.master.send('0001 0000 0006 09 03 0000 0001');
    expect(await silent.master.ask(INPUTS, 11)).toBe(INPUTS_REPLY);
    const gateway = await start({ unknownUnit: 'gateway-exception' });
    expect(await gateway.master.ask('0001 0000 0006 09 03 0000 0001', 9)).toBe('00010000000309830b');
  });

  it('serves several masters at once', async () => {
    const { line, master } = await start();
    const second = await Master.connect(portOf(line));
    open.push(second);
    expect(await second.ask(INPUTS, 11)).toBe(INPUTS_REPLY);
    expect(await master.ask(EXPORT, 17)).toBe(EXPORT_REPLY);
  });

  it('refuses connections while it is unplugged', async () => {
    const { line, master } = await start();
    await line.unplug();
    await master.waitForClose();
    await expect(Master.connect(portOf(line))).rejects.toThrow('ECONNREFUSED');
    await line.plug();
    const again = await Master.connect(portOf(line));
    open.push(again);
    expect(await again.ask(INPUTS, 11)).toBe(INPUTS_REPLY);
  });

  it('rejects where its port is taken', async () => {
    const { line } = await start();
    await expect(startTcpServer({ devices: [], port: portOf(line) })).rejects.toThrow('EADDRINUSE');
  });
});

describe('faults of a Modbus TCP server', () => {
  it('wrong transaction', async () => {
    const { master } = await start({ faults: { wrongTransaction: 1 } });
    expect(await master.ask(INPUTS, 11)).toBe(INPUTS_REPLY.replace('0007', '0008'));
  });

  it('split: the whole comes, in pieces', async () => {
    const { master } = await start({ faults: { split: 1, splitPauseMs: 20 } });
    expect(await master.ask(INPUTS, 11)).toBe(INPUTS_REPLY);
    expect(master.arrivals.length).toBe(2);
  });

  it('merge: two replies in one segment', async () => {
    const { line, master } = await start({ faults: { merge: 1 } });
    master.send(INPUTS);
    await until(
      () => line.behaviour.statistics.requests === 1,
      5_000,
      () => 'no request',
    );
    line.behaviour.faults = {};
    expect(await master.ask(EXPORT, 28)).toBe(INPUTS_REPLY + EXPORT_REPLY);
    expect(master.arrivals.length).toBe(1);
  });

  it('disconnect', async () => {
    const { master } = await start({ faults: { disconnect: 1 } });
    master.send(INPUTS);
    await master.waitForClose();
    expect(master.received).toBe('');
  });

  it('half open', async () => {
    const { line, master } = await start({ faults: { halfOpen: true } });
    master.send(INPUTS);
    const second = await Master.connect(portOf(line));
    open.push(second);
    line.behaviour.faults = {};
    expect(await second.ask(INPUTS, 11)).toBe(INPUTS_REPLY);
    expect(master.received).toBe('');
    expect(master.closed).toBe(false);
  });
});
