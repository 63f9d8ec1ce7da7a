/** The gateway against wires and devices that misbehave: what is stored is right or nothing, and it says what is wrong. */
import { afterEach, describe, expect, it } from 'vitest';
import { goodrive } from '../simulators/devices/invt-goodrive.ts';
import { moxaE1210 } from '../simulators/devices/moxa-iologik-e1210.ts';
import { pressureTransmitter } from '../simulators/devices/pressure-transmitter.ts';
import type { Line } from '../simulators/wire/line.ts';
import { startSerialLine } from '../simulators/wire/serial-line.ts';
import { startTcpServer } from '../simulators/wire/tcp-server.ts';
import type { Gateway } from './main.ts';
import { until } from './testing/programs.ts';
import { busOn, createSite } from './testing/site.ts';

const running: { close?: () => Promise<void>; stop?: () => Promise<void> }[] = [];
afterEach(async () => {
  for (const each of running.splice(0).reverse()) await (each.stop?.() ?? each.close?.());
});

function keep<T extends { close?: () => Promise<void> } | { stop?: () => Promise<void> }>(each: T): T {
  running.push(each);
  return each;
}

/** Three pressure transmitters on one line, units 1 to 3, at 0.1, 0.2 and 0.3 MPa. */
function transmitters() {
  return [1, 2, 3].map((unit) => {
    const device = pressureTransmitter({ id: `p${unit}`, unit, replyDelayMs: 2 });
    device.setPressureMPa(unit / 10);
    return device;
  });
}

const POLL = { alarm: 60, fast: 60, normal: 400, slow: 400 };
const IMPATIENT = {
  turnaroundMs: 2,
  replyTimeoutMs: 80,
  interByteTimeoutMs: 20,
  retries: 1,
  breaker: { failures: 3, firstBackoffMs: 300, maxBackoffMs: 600 },
};

async function gatewayOn(line: Line, bus: Readonly<Record<string, unknown>>, profile = 'pressure-transmitter') {
  const devices = transmitters().map(({ id, unit }) => ({ id, unit, bus: 'b', profile }));
  const site = createSite({ buses: [busOn(line, { id: 'b', ...IMPATIENT, ...bus })], devices, poll: POLL });
  return { site, gateway: keep(await site.start()) };
}

const serial = async (faults = {}): Promise<Line> =>
  keep(await startSerialLine({ devices: transmitters(), paced: false, faults }));
const asRtu = { type: 'tcp-serial', baud: 115200 };

function stateOf(gateway: Gateway, device: string): string | undefined {
  return gateway.store.devices.get(device)?.state;
}

function goodPolls(gateway: Gateway): number {
  return gateway.field.statistics()[0]?.exchanges ?? 0;
}

/** Every value that was ever stored of a device's pressure. */
async function pressures(gateway: Gateway, device: string): Promise<unknown[]> {
  await gateway.recorder.flush();
  return gateway.store.history
    .list({ device, point: 'pressure', from: 0, to: Date.now(), limit: 10_000 })
    .map(({ value }) => value);
}

describe('a fault on the wire', () => {
  it.each([
    ['silence', { silence: 1 }, 'timeout'],
    ['a truncated reply', { truncate: 1 }, 'timeout'],
    ['a bad check value', { badChecksum: 1 }, 'checksum'],
    ["another unit's answer", { wrongUnit: 1 }, 'foreign'],
    ['another function', { wrongFunction: 1 }, 'foreign'],
  ] as const)('%s becomes its kind of error, a state with a reason, and no value', async (_, faults, kind) => {
    const line = await serial(faults);
    const { gateway } = await gatewayOn(line, asRtu);
    await until(() => stateOf(gateway, 'p1') === 'offline', 'p1 to be offline');
    expect(gateway.field.statistics()[0]?.errors[kind]).toBeGreaterThan(0);
    expect(gateway.store.devices.get('p1')?.reason).toMatch(/polls in a row failed/);
    const row = gateway.store.points.get('p1', 'pressure');
    expect([row?.value, row?.quality]).toEqual([null, 'bad']);
  });

  it('a refusal is counted as one, and its device goes on being asked', async () => {
    const line = await serial({ busy: 1 });
    const { gateway } = await gatewayOn(line, asRtu);
    const figures = () => gateway.field.statistics()[0]?.devices.find(({ device }) => device === 'p1');
    await until(() => (figures()?.errors.refused ?? 0) > 5, 'p1 to have refused more often than a breaker lets it');
    expect(figures()).toMatchObject({ breaker: 'closed', failedInARow: 0, lastError: { code: 'refused' } });
    expect(Object.keys(figures()?.errors ?? {})).toEqual(['refused']);
    expect(figures()?.lastError?.message).toContain('exception 6');
    expect(gateway.field.statistics()[0]?.errors.refused).toBeGreaterThan(5);
    expect(gateway.store.points.get('p1', 'pressure')).toMatchObject({ value: null, quality: 'bad' });
  });

  it.each([
    ['garbage before the reply', { garbage: 1 }],
    ['wake-up bytes', { wakeUp: 1 }],
    ['a reply in two pieces', { split: 1, splitPauseMs: 10 }],
    ['a doubled reply', { twice: 1 }],
    ["another device's reply before the right one", { foreignReply: 1 }],
  ])('%s is passed over and the value is right', async (_, faults) => {
    const line = await serial(faults);
    const { gateway } = await gatewayOn(line, asRtu);
    await until(() => gateway.store.points.get('p3', 'pressure')?.value === 0.3, 'the right pressure');
    await until(() => gateway.store.points.get('p1', 'pressure')?.value === 0.1, 'the right pressure of p1');
  });

  const some = 0.08;
  const mixture = {
    ...{ silence: some, late: some, lateMs: 100, truncate: some, badChecksum: some, garbage: some },
    ...{ wakeUp: some, split: some, wrongFunction: some, merge: some },
  };
  const unasked = { silence: some, garbage: some, twice: some, foreignReply: some, wrongUnit: some };
  it.each([
    ['whatever mixture of faults there is', mixture, 300, ['timeout', 'checksum', 'foreign']],
    // A device whose replies come unasked is read seldom, so that none of those is taken for an answer.
    ['not either when replies come unasked', unasked, 30, ['foreign']],
  ])('never stores a value that no device has, %s', async (_, faults, exchanges, errors) => {
    const line = await serial(faults);
    const { gateway } = await gatewayOn(line, { ...asRtu, breaker: { failures: 1_000 } });
    await until(() => goodPolls(gateway) > exchanges, `${exchanges} exchanges`, 25_000);
    for (const unit of [1, 2, 3]) {
      await until(() => gateway.store.points.get(`p${unit}`, 'pressure'), `a pressure of p${unit}`, 20_000);
      const stored = new Set(await pressures(gateway, `p${unit}`));
      stored.delete(null);
      expect([...stored]).toEqual([unit / 10]);
    }
    const met = Object.keys(gateway.field.statistics()[0]?.errors ?? {});
    expect(met).toEqual(expect.arrayContaining(errors));
  });

  it('takes no reply with a wrong transaction id, on Modbus TCP', async () => {
    const line = keep(await startTcpServer({ devices: transmitters(), faults: { wrongTransaction: 1 } }));
    const { gateway } = await gatewayOn(line, { type: 'modbus-tcp' });
    await until(() => stateOf(gateway, 'p1') === 'offline', 'p1 to be offline');
    expect(gateway.field.statistics()[0]?.errors.foreign).toBeGreaterThan(0);
    expect((await pressures(gateway, 'p1')).filter((value) => value !== null)).toEqual([]);
  });
});

describe('a line that echoes', () => {
  it('is read through its echo filter', async () => {
    const line = await serial({ echo: 1 });
    const { gateway } = await gatewayOn(line, { ...asRtu, echo: true });
    await until(() => gateway.store.points.get('p2', 'pressure')?.value === 0.2, 'the right pressure');
  });

  it('is found out where the setting is missing', async () => {
    const line = await serial({ echo: 1 });
    const { gateway } = await gatewayOn(line, asRtu);
    await until(() => gateway.field.statistics()[0]?.hint, 'a hint');
    expect(gateway.field.statistics()[0]?.hint).toContain('echo: true');
  });

  it('has no hint any more when the echoes have stopped', async () => {
    const line = await serial({ echo: 1 });
    const { gateway } = await gatewayOn(line, asRtu);
    await until(() => gateway.field.statistics()[0]?.hint, 'a hint');
    line.behaviour.faults = {};
    await until(() => gateway.field.statistics()[0]?.hint === null, 'the hint to go', 25_000);
  });

  it('is told apart from one that does not echo', async () => {
    const line = await serial();
    const { gateway } = await gatewayOn(line, { ...asRtu, echo: true });
    await until(() => (gateway.field.statistics()[0]?.errors.echo ?? 0) > 0, 'an echo error');
  });
});

describe('a dead device', () => {
  it('gets one probe per back-off window while the others are polled on', async () => {
    const line = await serial();
    line.behaviour.setDeviceFaults('p2', { silence: 1 });
    const { gateway } = await gatewayOn(line, asRtu);
    await until(() => stateOf(gateway, 'p2') === 'offline', 'p2 to be offline');
    const exchanges = (id: string): number =>
      gateway.field.statistics()[0]?.devices.find(({ device }) => device === id)?.exchanges ?? 0;
    const before = { p1: exchanges('p1'), p2: exchanges('p2') };
    await until(() => exchanges('p1') > before.p1 + 60, '60 more polls of p1', 20_000);
    expect(exchanges('p2') - before.p2).toBeLessThan(20);
    expect(gateway.store.devices.get('p2')?.reason).toMatch(/2 of 2 others on this bus answer: look at this device/);
    line.behaviour.setDeviceFaults('p2', {});
    await until(() => stateOf(gateway, 'p2') === 'online', 'p2 to be back');
    await until(() => gateway.store.points.get('p2', 'pressure')?.value === 0.2, 'its pressure');
  });
});

describe('devices that answer twice', () => {
  it('are said to, by their state and the hint of their bus', async () => {
    const line = await serial({ twice: 1 });
    const { gateway } = await gatewayOn(line, asRtu);
    await until(() => stateOf(gateway, 'p1') === 'degraded', 'p1 to be degraded');
    expect(gateway.store.devices.get('p1')?.reason).toContain('it answers more often than it is asked');
    expect(gateway.field.statistics()[0]?.hint).toContain('more replies come than are asked for');
    expect(gateway.field.statistics()[0]?.surplusReplies).toBeGreaterThan(0);
  });
});

describe('a line on which all fall silent', () => {
  it('is where each device sends whoever goes to look, also the first that was offline', async () => {
    const line = await serial();
    const { gateway } = await gatewayOn(line, asRtu);
    const all = ['p1', 'p2', 'p3'];
    await until(() => all.every((id) => stateOf(gateway, id) === 'online'), 'all to be online');
    line.behaviour.faults = { silence: 1 };
    const reasons = (): string[] => all.map((id) => gateway.store.devices.get(id)?.reason ?? '');
    await until(
      () => reasons().every((reason) => reason.includes('Nothing on this bus answers: look at the line')),
      'all to name the line',
    );
    line.behaviour.faults = {};
    await until(() => all.every((id) => stateOf(gateway, id) === 'online'), 'all to be back');
  });

  it('is not blamed any more when the others are back and one is not', async () => {
    const line = await serial();
    const { gateway } = await gatewayOn(line, asRtu);
    await until(() => stateOf(gateway, 'p1') === 'online', 'p1 to be online');
    line.behaviour.faults = { silence: 1 };
    const reason = (): string => gateway.store.devices.get('p1')?.reason ?? '';
    await until(() => reason().includes('look at the line'), 'the line to be blamed');
    line.behaviour.setDeviceFaults('p1', { silence: 1 });
    line.behaviour.faults = {};
    await until(() => /[12] of 2 others on this bus answer: look at this device/.test(reason()), 'p1 to be blamed');
  });
});

describe('a line that goes away', () => {
  it('is said to be unplugged, and read again once it is plugged in', async () => {
    const path = `${createSite({ buses: [], devices: [] }).folder}/port`;
    const line = keep(await startSerialLine({ devices: transmitters(), paced: false, pty: path }));
    const { gateway } = await gatewayOn(line, { type: 'serial', baud: 115200 });
    await until(() => stateOf(gateway, 'p1') === 'online', 'p1 to be online');
    const told: unknown[] = [];
    gateway.feed.onChange(({ devices = [] }) => told.push(...devices.filter(({ device }) => device === 'p1')));
    await line.unplug();
    await until(() => (gateway.field.statistics()[0]?.reconnects ?? 0) >= 3, 'the port to be tried again');
    // One loss is one piece of news: that it cannot be opened either says the same.
    const reason = expect.stringMatching(/its bus is not connected: .*: there is no such port: unplugged/) as string;
    expect(told).toMatchObject([{ state: 'offline', reason }]);
    expect(gateway.store.points.get('p1', 'pressure')?.value).toBeNull();
    await line.plug();
    await until(() => stateOf(gateway, 'p1') === 'online', 'p1 to be online again');
  });

  it('is connected anew when a TCP connection is reset, and when it is half-open', async () => {
    const line = keep(await startTcpServer({ devices: transmitters() }));
    const { gateway } = await gatewayOn(line, { type: 'modbus-tcp' });
    await until(() => stateOf(gateway, 'p1') === 'online', 'p1 to be online');
    await line.unplug();
    await until(() => stateOf(gateway, 'p1') === 'offline', 'p1 to be offline');
    await line.plug();
    await until(() => stateOf(gateway, 'p1') === 'online', 'p1 to be online again');
    const reconnects = gateway.field.statistics()[0]?.reconnects ?? 0;
    line.behaviour.faults = { halfOpen: true };
    await until(() => (gateway.field.statistics()[0]?.reconnects ?? 0) > reconnects, 'a new connection', 20_000);
    line.behaviour.faults = {};
    await until(() => stateOf(gateway, 'p1') === 'online', 'p1 to be online at last', 20_000);
  });

  it('is waited for from the start when it is not there yet', async () => {
    const line = keep(await startTcpServer({ devices: transmitters() }));
    await line.unplug();
    const { gateway } = await gatewayOn(line, { type: 'modbus-tcp' });
    await until(() => gateway.field.statistics()[0]?.reason, 'a reason');
    expect(gateway.field.statistics()[0]?.reason).toMatch(/nothing listens on this port/);
    await line.plug();
    await until(() => stateOf(gateway, 'p1') === 'online', 'p1 to be online');
  });
});

describe('a short pulse between two polls', () => {
  it('raises the alarm once although the contact is open again, and clears it', async () => {
    const module = moxaE1210({ id: 'io', unit: 1 });
    const line = keep(await startTcpServer({ devices: [module] }));
    const site = createSite({
      buses: [busOn(line, { id: 'b', type: 'modbus-tcp' })],
      equipment: [{ id: 'lift-1-1', nameZh: '1号楼1号梯', kind: 'lift' }],
      devices: [
        {
          id: 'io',
          bus: 'b',
          unit: 1,
          profile: 'moxa-iologik-e1210',
          inputs: [{ channel: 3, source: 'lift-1-1', alarm: 'lift.carAlarm' }],
        },
      ],
      poll: { ...POLL, alarm: 300 },
    });
    const gateway = keep(await site.start());
    await until(() => gateway.store.points.get('io', 'di3Count')?.value === 0, 'the counter to have been read once');
    module.contacts.press(3, 60, line.behaviour.clock.monotonic());
    const alarm = 'lift-1-1--lift-carAlarm';
    await until(
      () => gateway.store.alarms.get(alarm)?.letter === 'E',
      'the alarm to be raised and its contact to be open again',
    );
    const types = gateway.store.events.list({ after: 0, domain: 'alarm', limit: 99 }).map(({ type }) => type);
    expect(types).toEqual(['raise', 'clear']);
  });
});

describe('an alarm on a state that has a name', () => {
  it('is raised when a drive says that it has tripped', async () => {
    const drive = goodrive({ id: 'drive', unit: 1 });
    const line = keep(await startTcpServer({ devices: [drive] }));
    const site = createSite({
      buses: [busOn(line, { id: 'b', type: 'modbus-tcp' })],
      devices: [
        { id: 'drive', bus: 'b', unit: 1, profile: 'invt-goodrive', alarms: { 'pump.fault': { onDelayMs: 0 } } },
      ],
      poll: POLL,
    });
    const gateway = keep(await site.start());
    await until(() => stateOf(gateway, 'drive') === 'online', 'the drive to be online');
    const DRIVE_STATUS = 0x2100;
    const FAULT = 4;
    drive.image.put('holding', DRIVE_STATUS, [FAULT]);
    await until(() => gateway.store.points.get('drive', 'status')?.value === 'fault', 'the fault to be read');
    await until(() => gateway.store.alarms.list('nonNormal').some(({ type }) => type === 'pump.fault'), 'the alarm');
  });
});

describe('a line that mixes serial settings', () => {
  it('is switched for each device, and every device is read', async () => {
    const path = `${createSite({ buses: [], devices: [] }).folder}/port`;
    keep(await startSerialLine({ devices: transmitters(), paced: false, pty: path }));
    const site = createSite({
      buses: [{ id: 'b', type: 'serial', path, baud: 115200, turnaroundMs: 2 }],
      devices: transmitters().map(({ id, unit }) => ({
        ...{ id, unit, bus: 'b', profile: 'pressure-transmitter' },
        ...(unit === 2 && { serial: { baud: 38400, format: '8E1' } }),
        ...(unit === 3 && { serial: { baud: 57600 } }),
      })),
      poll: { ...POLL, fast: 300, slow: 1_000 },
    });
    const gateway = keep(await site.start());
    for (const unit of [1, 2, 3]) {
      await until(
        () => gateway.store.points.get(`p${unit}`, 'pressure')?.value === unit / 10,
        `the pressure of unit ${unit}`,
      );
    }
    await until(() => goodPolls(gateway) > 40, 'forty exchanges');
    expect(gateway.field.statistics()[0]?.errors).toEqual({});
    expect(gateway.field.statistics()[0]?.reconnects).toBe(0);
  });
});
