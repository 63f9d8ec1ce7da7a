/** `run` as a person in a terminal sees it: what it says, what it refuses, and what it survives. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { pressureTransmitter } from '../../simulators/devices/pressure-transmitter.ts';
import type { Line } from '../../simulators/wire/line.ts';
import { startSerialLine } from '../../simulators/wire/serial-line.ts';
import { freePort, until } from '../testing/programs.ts';
import { ROOT, runCli, startCli, type RunningCli } from './testing/run-cli.ts';

interface TestSite {
  readonly folder: string;
  readonly file: string;
  readonly api: string;
}

const NOBODY = { type: 'modbus-tcp', host: '127.0.0.1', port: 1 };

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-run-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

/** A site of one pressure transmitter on one bus. */
async function newSite(bus: object = NOBODY): Promise<TestSite> {
  const folder = newFolder();
  const port = await freePort();
  const file = join(folder, 'site.yaml');
  const lines = [
    'site: { id: here, nameZh: 此处 }',
    `store: { file: ${join(folder, 'store.sqlite')} }`,
    'broker: { port: 0 }',
    `api: { port: ${port} }`,
    'poll: { alarm: 100, fast: 100, normal: 100, slow: 100 }',
    `profiles: [${join(ROOT, 'config/profiles')}]`,
    `alarmRules: ${join(ROOT, 'config/alarms.yaml')}`,
    `buses: [${JSON.stringify({ id: 'pumps', ...bus })}]`,
    'devices: [{ id: pressure, nameZh: 低区压力, bus: pumps, unit: 1, profile: pressure-transmitter }]',
  ];
  writeFileSync(file, `${lines.join('\n')}\n`);
  return { folder, file, api: `http://127.0.0.1:${port}/api/v1` };
}

async function pressureLine(pty?: string): Promise<Line> {
  const devices = [pressureTransmitter({ id: 'pressure', unit: 1 })];
  const line = await startSerialLine({ devices, ...(pty !== undefined && { pty }) });
  onTestFinished(() => line.close());
  return line;
}

/** Started, and past its banner. */
async function running({ file }: TestSite, ...flags: readonly string[]): Promise<RunningCli> {
  const started = startCli(['run', file, ...flags]);
  onTestFinished(() => {
    started.child.kill('SIGKILL');
  });
  await started.says('is running');
  return started;
}

async function endOf({ child, ended }: RunningCli): Promise<number | null> {
  child.kill('SIGINT');
  return (await ended).code;
}

describe('gatehouse run', () => {
  it('says in its banner what it runs, and how to follow it', async () => {
    const site = await newSite();
    const gateway = await running(site);
    expect(gateway.stdout()).toMatch(/此处 \(.*site\.yaml\): 1 device on 1 bus, \d+ alarms?\n/);
    expect(gateway.stdout()).toContain(` scripts/gatehouse tail --site ${site.file}\n`);
    expect(await endOf(gateway)).toBe(0);
  });

  it('says when a device is lost and when it comes back', async () => {
    const line = await pressureLine();
    const gateway = await running(await newSite({ type: line.type, ...line.address }));
    await until(() => line.behaviour.statistics.requests > 3, 'the device to be asked');
    await line.unplug();
    await gateway.says('○ device  低区压力 (pressure)  offline');
    await line.plug();
    await gateway.says('● device  低区压力 (pressure)  online');
  });

  it('says what becomes of a changed configuration, though the log has a file of its own', async () => {
    const { file, folder, ...site } = await newSite();
    const log = join(folder, 'log', 'gateway.log');
    const gateway = await running({ file, folder, ...site }, '--log', log);
    const before = readFileSync(file, 'utf8');

    appendFileSync(file, 'equipmnt: []\n');
    await gateway.says(`    ${file}:10:1: error: unknown key "equipmnt"\n        hint: did you mean "equipment"?`);
    expect(gateway.stderr()).toMatch(
      /^\d\d:\d\d:\d\d ✗ the new configuration has mistakes: the old one stays in force\n/,
    );
    expect(readFileSync(log, 'utf8')).toContain('"mistakes":[{');

    writeFileSync(file, before.replace('broker: { port: 0 }', 'broker: { port: 1, wsPort: 0 }'));
    await gateway.says(' ✓ configuration applied\n');
    await gateway.says(' ! waits for a restart: the broker\n');
  });
});

describe('gatehouse run does not start', () => {
  it.each([
    ['--log', 'a-file/gateway.log', 'the log .*/a-file/gateway.log cannot be written: .*\n +hint: give --log a file'],
    ['--log', '', 'the log .* cannot be written: illegal operation on a directory'],
    ['--store', 'a-file/deep/store', '.*/a-file/deep cannot be written: not a directory\n +hint: the user that runs'],
    ['--store', '', '.* cannot be opened for writing .*\n +hint: the user that runs'],
  ])('with %s %j, and says what to do', async (option, name, words) => {
    const { folder, file } = await newSite();
    writeFileSync(join(folder, 'a-file'), '');
    const { code, stderr } = await runCli(['run', file, option, join(folder, name)]);
    expect(stderr).toMatch(new RegExp(`^error: ${words}`, 'm'));
    expect(stderr).not.toContain('defect');
    expect(code).toBe(1);
  });

  it('anew where the old store cannot be deleted', async () => {
    const { folder, file } = await newSite();
    const { code, stderr } = await runCli(['run', file, '--fresh-store', '--store', folder]);
    expect(stderr).toContain(`${folder} cannot be written: illegal operation on a directory`);
    expect(code).toBe(1);
  });

  it('anew under a gateway that has the store open', async () => {
    const site = await newSite();
    const gateway = await running(site);
    const { code, stderr } = await runCli(['run', site.file, '--fresh-store']);
    expect(stderr).toContain('a gateway is running');
    expect(code).toBe(1);
    expect(existsSync(join(site.folder, 'store.sqlite'))).toBe(true);
    expect(await endOf(gateway)).toBe(0);
  });
});

describe('gatehouse run goes on', () => {
  // /dev/full answers every write as a full disk does.
  it.each([
    ['its log', '--log /dev/full'],
    ['its standard output', '> /dev/full'],
    ['its standard error', '2> /dev/full'],
  ])('when the disk with %s is full', async (_, redirected) => {
    const { file, api } = await newSite();
    const command = `exec "${process.execPath}" gateway/cli/index.ts run "${file}" ${redirected}`;
    const gateway = spawn('bash', ['-c', command], { cwd: ROOT, stdio: 'ignore' });
    onTestFinished(() => {
      gateway.kill('SIGKILL');
    });
    // By then it has tried to say so.
    await vi.waitFor(async () => {
      const device = await fetch(`${api}/devices/pressure`).then((response) => response.text());
      expect(device).toContain('offline');
    }, 10_000);
    gateway.kill('SIGINT');
    expect(await once(gateway, 'exit')).toEqual([0, null]);
  });
});

describe('scan and read beside a running gateway', () => {
  const HELD = 'the gateway is running and has the bus "pumps" open: a second master would disturb it';

  it('leave it a device server that is named another way', async () => {
    const { address } = await pressureLine();
    const port = 'port' in address ? address.port : 0;
    const site = await newSite({ type: 'tcp-serial', ...address });
    const gateway = await running(site);
    await gateway.says('is running');
    const bus = ['--bus', `tcp-serial://localhost:${port}`, '--site', site.file];
    const scan = await runCli(['scan', ...bus, '--units', '1']);
    const read = await runCli(['read', ...bus, '--unit', '1', '--profile', 'pressure-transmitter']);
    expect([scan.stderr, read.stderr]).toEqual([expect.stringContaining(HELD), expect.stringContaining(HELD)]);
    expect([scan.code, read.code]).toEqual([1, 1]);
    expect(await endOf(gateway)).toBe(0);
    expect(gateway.stdout()).not.toContain('offline');
    expect((await runCli(['scan', ...bus, '--units', '1'])).code).toBe(0);
  });

  it('leave it a serial port that a link leads to', async () => {
    const folder = newFolder();
    const path = join(folder, 'line');
    await pressureLine(path);
    symlinkSync(path, join(folder, 'by-id'));
    const site = await newSite({ type: 'serial', path });
    await running(site);
    const bus = ['--bus', `serial://${join(folder, 'by-id')}`, '--site', site.file];
    const { code, stderr } = await runCli(['scan', ...bus, '--units', '1']);
    expect(stderr).toContain(HELD);
    expect(code).toBe(1);
  });
});
