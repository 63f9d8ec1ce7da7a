/** The program as a whole: help, usage errors, and how it ends. */
import { execFile } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { ROOT, runCli } from './testing/run-cli.ts';

const commands = ['run', 'check', 'scan', 'read', 'decode', 'profiles', 'password', 'simulate', 'tail', 'alarms'];

describe('gatehouse', () => {
  it('lists every command in its help', async () => {
    const { code, stdout } = await runCli(['--help']);
    expect(code).toBe(0);
    for (const command of commands) expect(stdout).toMatch(new RegExp(`^ {2}${command}\\b`, 'm'));
  });

  it.each([
    [['chek'], 'Did you mean check?'],
    [['decode', '--protocl', 'modbus-rtu', '01'], 'Did you mean --protocol?'],
    [['simulate', 'plya', 'x'], 'did you mean "play"?'],
    [['alarms', '--site', 'config/site.yaml', 'ack', 'x', '--by', 'li'], 'hint: options stand after "ack"'],
  ])('%j is a usage error that says what would be right', async (args, hint) => {
    const { code, stdout, stderr } = await runCli(args);
    expect(stderr).toContain(hint);
    expect(stdout).toBe('');
    expect(code).toBe(2);
  });

  it('says what there is when nothing is asked for', async () => {
    const { code, stderr } = await runCli([]);
    expect(stderr).toContain('Usage: gatehouse');
    expect(code).toBe(2);
  });

  it('ends in silence when its reader has seen enough', async () => {
    const index = join(ROOT, 'gateway/cli/index.ts');
    const pipe = `yes 010300000002c40b | head -50000 | "${process.execPath}" "${index}" decode --protocol modbus-rtu --json -`;
    const script = `${pipe} | head -1; exit \${PIPESTATUS[2]}`;
    const { stdout, stderr } = await promisify(execFile)('bash', ['-c', script], { cwd: ROOT });
    expect(stdout.split('\n')).toHaveLength(2);
    expect(stderr).toBe('');
  });

  it('is colourless where its output is no terminal, and coloured where it is told to be', async () => {
    const args = ['profiles'];
    expect((await runCli(args, { env: { NO_COLOR: '' } })).stdout).not.toContain('\u001b');
    expect((await runCli(args, { env: { NO_COLOR: '', FORCE_COLOR: '1' } })).stdout).toContain('\u001b');
  });
});

describe('gatehouse profiles', () => {
  it('lists every model that is shipped', async () => {
    const { code, stdout } = await runCli(['profiles', '--json']);
    const ids = (JSON.parse(stdout) as { id: string }[]).map(({ id }) => id);
    const files = readdirSync(join(ROOT, 'config/profiles')).filter((name) => name.endsWith('.json'));
    expect(ids.sort()).toEqual(files.map((name) => name.replace('.json', '')).sort());
    expect(code).toBe(0);
  });

  it('shows one in full, with its manual', async () => {
    const { stdout } = await runCli(['profiles', 'eastron-sdm120']);
    expect(stdout).toContain('manual: SDM120, Modbus protocol implementation');
    expect(stdout).toMatch(/importEnergy +正向有功电能 +kWh +slow +input 72 f32/);
  });

  it('suggests the model that was meant', async () => {
    const { code, stderr } = await runCli(['profiles', 'eastron-sdm12']);
    expect(stderr).toContain('did you mean "eastron-sdm120"?');
    expect(code).toBe(2);
  });
});
