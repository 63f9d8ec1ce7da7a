/** Two guards at one terminal, with a real API over a real store: on duty, a note, a sheet, both signatures. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createGateway, type TestGateway } from '../api/testing/gateway.ts';
import { CAR_ALARM } from '../api/testing/site.ts';
import { runCli, type CliResult } from './testing/run-cli.ts';

let gateway: TestGateway;
let address: string;
beforeEach(async () => {
  gateway = await createGateway();
  address = await gateway.app.listen({ host: '127.0.0.1', port: 0 });
});
afterEach(() => gateway.close());

const shift = (...args: readonly string[]): Promise<CliResult> => runCli(['shift', ...args, '--api', address]);

it('goes from coming on duty to the signature of those who come next', async () => {
  expect(await shift()).toMatchObject({ code: 0, stdout: 'nobody is on duty\n' });
  expect((await shift('begin', '--by', 'li', '--with', 'wang')).stdout).toBe('✓ shift 1: li, wang on duty\n');
  expect((await shift('note', 'the key is with the plumber', '--open', '--by', 'li')).stdout).toBe('✓ note 1\n');
  await gateway.contact('di0', true);
  const { stdout: sheet } = await shift('show');
  expect(sheet).toContain('to be done: 1\n  1  2026-01-01 08:00:00  li: the key is with the plumber\n');
  expect(sheet).toContain('not normal now: 1\n  P1 B 轿厢报警  一号电梯');
  gateway.time.now += 1_000;
  const { stdout: signed } = await shift('handover', '--to', 'zhao', '--by', 'li');
  expect(signed).toMatch(/^✓ handover 1, signed by li; waits for zhao\n/);
  const [, hash = ''] = /--sheet ([0-9a-f]{12})/.exec(signed) ?? [];
  gateway.time.now += 1_000;
  await gateway.contact('di1', true);
  const taken = await shift('sign', '--sheet', hash, '--by', 'zhao');
  expect(taken.stdout).toBe(
    '✓ shift 2: zhao on duty\n  came meanwhile, and nobody has acknowledged it: lift-1--lift-fault\n',
  );
  expect((await shift()).stdout).toMatch(/^shift +from +to +on duty\n +2 .* now +zhao\n +1 .* li, wang\n$/);
});

it('does not let a drill pass for an alarm', async () => {
  await shift('begin', '--by', 'li');
  await runCli(['alarms', 'drill', CAR_ALARM, '--by', 'li', '--api', address]);
  expect((await shift('show')).stdout).toMatch(/not normal now: 1\n {2}P1 B 轿厢报警 .* a drill\n/);
});

it('prints the sheet for paper, and for programs to the letter', async () => {
  await shift('begin', '--by', 'li');
  await gateway.contact('di0', true);
  await shift('handover', '--to', 'zhao', '--by', 'li');
  expect((await shift('show', '1', '--html')).stdout).toMatch(/^<!doctype html>[^]*轿厢报警[^]*<\/html>$/);
  const { stdout } = await shift('show', '1', '--json');
  expect(stdout).toBe(gateway.store.handovers.sheet(1));
  expect(JSON.parse(stdout)).toMatchObject({ standing: { items: [{ alarm: CAR_ALARM }] } });
});

it('says why something is refused, and ends with 1', async () => {
  const early = await shift('sign', '--sheet', 'f'.repeat(8), '--by', 'zhao');
  expect([early.code, early.stderr]).toEqual([1, expect.stringContaining('nobody is on duty')]);
  await shift('begin', '--by', 'li');
  await shift('handover', '--to', 'zhao', '--by', 'li');
  const other = await shift('sign', '--sheet', 'f'.repeat(8), '--by', 'zhao');
  expect([other.code, other.stderr]).toEqual([1, expect.stringContaining('not the sheet that was signed')]);
  const { sha256 = '' } = gateway.store.handovers.get(1) ?? {};
  const objected = await shift(
    'object',
    '--sheet',
    sha256.slice(0, 8),
    '--remark',
    'barrier 2 is open',
    '--by',
    'zhao',
  );
  expect(objected.stdout).toBe('✓ handover 1: zhao objects; li stays on duty\n');
});
