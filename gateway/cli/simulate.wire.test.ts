/** `simulate` with the real simulators, on ports of its own. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { until } from '../testing/programs.ts';
import { freePortOffset } from '../../simulators/testing/launch.ts';
import { runCli, startCli, type RunningCli } from './testing/run-cli.ts';

/** Beside whatever simulators somebody has running. */
const OFFSET = freePortOffset();
const CONTROL = ['--control', `http://127.0.0.1:${15_000 + OFFSET}`];

let simulators: RunningCli;

beforeAll(async () => {
  simulators = startCli([
    'simulate',
    '--no-pty',
    '--port-offset',
    String(OFFSET),
    '--scenario',
    'a person trapped in lift 3-2',
  ]);
  await simulators.says('▶');
});

afterAll(async () => {
  simulators.child.kill('SIGKILL');
  await simulators.ended;
});

describe('gatehouse simulate', () => {
  it('says where the lines are, and plays the scenario that it was given', () => {
    expect(simulators.stdout()).toMatch(new RegExp(`^meters-2 +modbus-tcp +127\\.0\\.0\\.1:${15_033 + OFFSET}$`, 'm'));
    expect(simulators.stdout()).toContain(`another terminal: scripts/gatehouse simulate list ${CONTROL.join(' ')}\n`);
    expect(simulators.stdout()).toContain('▶ a person trapped in lift 3-2: 7 s');
  });

  it('plays a scenario, with or without quotes around its name', async () => {
    const quoted = await runCli(['simulate', 'play', 'booster pump trips', '--speed', '100', ...CONTROL]);
    const bare = await runCli(['simulate', 'play', 'sump', 'is', 'flooding', ...CONTROL]);
    expect(quoted.stdout).toContain('▶ booster pump trips: 0.8 s');
    expect(bare.stdout).toContain('▶ sump is flooding');
    await simulators.says('booster pump trips: drive-mid trips');
    expect([quoted.code, bare.code]).toEqual([0, 0]);
  });

  it('does not play what is being played', async () => {
    await runCli(['simulate', 'play', 'barrier is blocked', ...CONTROL]);
    const { code, stdout, stderr } = await runCli(['simulate', 'play', 'barrier is blocked', ...CONTROL]);
    expect(stderr).toMatch(/^error: "barrier is blocked" is being played, for another \d+ s\n$/);
    expect([code, stdout]).toEqual([1, '']);
  });

  it('lists scenarios and lines', async () => {
    const { code, stdout } = await runCli(['simulate', 'list', ...CONTROL]);
    expect(stdout).toMatch(/^mains fails, generator starts +\d+ s /m);
    expect(stdout).toMatch(/^power +tcp-serial .* plugged in +1 genset, 2 meter-main$/m);
    expect(code).toBe(0);
  });

  it('pulls a cable and puts it back', async () => {
    const cable = async (): Promise<boolean | undefined> => {
      const { stdout } = await runCli(['simulate', 'list', '--json', ...CONTROL]);
      const { lines } = JSON.parse(stdout) as { lines: { id: string; plugged: boolean }[] };
      return lines.find(({ id }) => id === 'pump-room')?.plugged;
    };
    const out = await runCli(['simulate', 'unplug', 'pump-room', ...CONTROL]);
    expect([out.stdout, await cable()]).toEqual(['pump-room is unplugged\n', false]);
    const back = await runCli(['simulate', 'plug', 'pump-room', ...CONTROL]);
    expect([back.stdout, await cable()]).toEqual(['pump-room is plugged in\n', true]);
  });

  it.each([
    [['play', 'a person traped in lift 3-2', ...CONTROL], 'did you mean "a person trapped in lift 3-2"?', 2],
    [['plug', 'pump-rom', ...CONTROL], 'did you mean "pump-room"?', 2],
    [['play', 'booster pump trips', '--speed', 'fast', ...CONTROL], 'the speed is a number', 2],
    [['--homes', '4'], '--size metering has', 2],
    [['list', '--control', 'http://127.0.0.1:1'], 'scripts/gatehouse simulate', 1],
  ])('says what would be right for %j', async (args, words, expected) => {
    const { code, stderr } = await runCli(['simulate', ...args]);
    expect(stderr).toContain(words);
    expect(code).toBe(expected);
  });

  it('ends when the ports are taken, and says so', async () => {
    const { code, stderr } = await runCli(['simulate', '--no-pty', '--port-offset', String(OFFSET)]);
    expect(stderr).toContain(`port ${15_021 + OFFSET} is taken: another community runs`);
    expect(stderr).toContain('the simulators have ended');
    expect(code).toBe(1);
  });

  // Last: nothing is left to talk to.
  it('ends with all of it when it is asked to', async () => {
    simulators.child.kill('SIGINT');
    const { code, stderr } = await simulators.ended;
    expect([code, stderr]).toEqual([0, '']);
    const gone = await runCli(['simulate', 'list', ...CONTROL]);
    await until(() => gone.stderr.includes('no simulators answer'), 'the simulators to be gone');
  });
});
