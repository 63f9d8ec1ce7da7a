/** A clerk at the command line, with a gateway that runs. */
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Gateway } from '../main.ts';
import { lastPeriodOver, midnightOnTheFirst } from '../metering/rules/period.ts';
import type { NewMeterReading } from '../store/rows.ts';
import { createSite } from '../testing/site.ts';
import { runCli } from './testing/run-cli.ts';

const METERS = [
  'number,home,utility,digits,decimals,installedAt,initial',
  'W1,1-1-101,coldWater,5,3,2024-01-01,0',
  'W2,1-1-102,coldWater,5,3,2024-01-01,0',
].join('\n');
const HOMES = 'id,building,unit,room\n1-1-101,1,1,101\n1-1-102,1,1,102\n1-1-103,1,1,103\n';
const PERIOD = lastPeriodOver(Date.now(), midnightOnTheFirst('Asia/Shanghai'));
const RUN = `coldWater-${PERIOD.name}`;

let gateway: Gateway;
beforeAll(async () => {
  const buses = [{ id: 'b', type: 'modbus-tcp', host: '127.0.0.1', port: 1 }];
  // A file stands where the share should be.
  const metering = { dropFolder: 'homes.csv/bank' };
  const site = createSite({ buses, devices: [], meters: ['meters.csv'], homes: 'homes.csv', metering });
  writeFileSync(join(site.folder, 'meters.csv'), METERS);
  writeFileSync(join(site.folder, 'homes.csv'), HOMES);
  gateway = await site.start();
});
afterAll(() => gateway.stop());

const cli = (...args: string[]) => runCli([...args, '--api', gateway.apiUrl]);
const by = ['--by', 'wang'];

function shown(meter: string, at: number, value: string, standing: NewMeterReading['standing'] = 'good') {
  return { meter, at, value, quality: 'manual', standing, occasion: null, notes: [] } as const;
}

describe('readings', () => {
  it('are entered, refused with the reason, and settled', async () => {
    const entered = await cli('readings', 'enter', 'W1', '1.5', ...by);
    expect([entered.code, entered.stdout]).toEqual([0, expect.stringContaining('1.500')]);
    const wrong = await cli('readings', 'enter', 'W1', '1.23456', ...by);
    expect([wrong.code, wrong.stderr]).toEqual([1, expect.stringContaining('its register has 3 decimals')]);
    const unknown = await cli('readings', 'enter', 'W3', '1', ...by);
    expect(unknown.stderr).toContain('there is no meter W3');
    const rows = [shown('W2', PERIOD.from + 1_000, '7.000', 'suspect')];
    const [id = 0] = await gateway.store.write('addMeterReadings', rows, { at: 0, who: 't', what: 't', detail: {} });
    expect((await cli('readings', 'suspects')).stdout).toMatch(/W2 +7\.000 .*\n\n1 reading\n$/);
    const settled = await cli('readings', 'settle', String(id), 'reject', '--note', 'wet', ...by);
    expect([settled.code, settled.stdout]).toEqual([0, expect.stringContaining('rejected by wang: wet')]);
    expect((await cli('readings', 'suspects')).stdout).toBe('no reading is in doubt\n');
  });

  it('of a home are noted when people move; a meter that nothing reads is said', async () => {
    const moved = await cli('readings', 'move', '1-1-101', '--occasion', 'moveIn', ...by);
    expect([moved.code, moved.stdout]).toEqual([1, 'W1: nothing reads this meter: people do\n']);
    const empty = await cli('readings', 'move', '1-1-103', '--occasion', 'moveIn', ...by);
    expect([empty.code, empty.stdout]).toEqual([0, '1-1-103 has no meters\n']);
  });

  it('are shown by the clock of the site, wherever somebody looks', async () => {
    const args = ['readings', 'enter', 'W2', '1.5', '--at', '2025-03-01T00:30:00Z', ...by, '--api', gateway.apiUrl];
    expect((await runCli(args, { env: { TZ: 'America/New_York' } })).stdout).toContain(' 2025-03-01 08:30:00 ');
  });
});

describe('billing', () => {
  it('goes from the draft to the acknowledgement', async () => {
    const rows = [
      ...[shown('W1', PERIOD.from, '0.100'), shown('W1', PERIOD.to, '0.900')],
      ...[shown('W2', PERIOD.from, '4.000'), shown('W2', PERIOD.to, '3.000')],
    ];
    await gateway.store.write('addMeterReadings', rows, { at: 0, who: 't', what: 't', detail: {} });
    const draft = await cli('billing', 'draft', '冷水', PERIOD.name, ...by);
    expect(draft.stdout).toContain(`${RUN}: checked, draft 1`);
    expect(draft.stdout).toContain('1 keep it from being closed');
    expect(draft.stdout).toContain('W2:backwards');
    const blocked = await cli('billing', 'close', RUN, '--draft', '1', ...by);
    expect([blocked.code, blocked.stderr]).toEqual([1, expect.stringContaining('W2:backwards')]);
    const accept = (...words: string[]) => cli('billing', 'accept', RUN, ...words, '--note', 'exchanged', ...by);
    expect(await accept()).toMatchObject({ code: 2, stderr: expect.stringContaining('which findings?') as string });
    expect((await accept('W2:backwards', '--draft', '2')).stderr).toContain('drafted again since');
    expect((await accept('--all', 'tenTimes')).stderr).toContain(`${RUN} has no tenTimes that is to be accepted`);
    expect((await accept('--all', 'backwards', '--draft', '1')).code).toBe(0);
    expect((await cli('billing', 'findings', RUN, '--blocking')).stdout).toContain('nothing to look at');
    expect((await cli('billing', 'close', RUN, '--draft', '1', ...by)).stdout).toContain('closed by wang');
    const waits = (): Promise<string[]> =>
      Promise.all([cli('billing', 'show', RUN), cli('billing', 'runs')]).then((said) =>
        said.map(({ stdout }) => stdout),
      );
    await vi.waitFor(async () => expect((await waits())[0]).toContain('not handed over: ENOTDIR'), 20_000);
    expect((await waits())[1]).toMatch(new RegExp(`${RUN} +(closed|exported), not handed over `));
    const to = join(mkdtempSync(join(tmpdir(), 'gatehouse-bills-')), 'out');
    const exported = await cli('billing', 'export', RUN, '--to', to, '--json', ...by);
    const { manifest, files } = JSON.parse(exported.stdout) as { manifest: string; files: string[] };
    expect(files.map((file) => existsSync(file))).toEqual([true, true, true, true]);
    expect(readFileSync(join(to, `${RUN}.csv`), 'utf8')).toContain('0.800');
    expect((await cli('billing', 'runs', '--unacknowledged')).stdout).toContain('1 run\n');
    const acknowledged = await cli('billing', 'acknowledge', RUN, '--manifest', manifest, '--by', 'bank');
    expect(acknowledged.stdout).toContain('acknowledged by bank');
    expect((await cli('billing', 'runs', '--unacknowledged')).stdout).toContain('0 runs\n');
    expect((await waits()).join()).not.toContain('not handed over');
    const revision = await cli('billing', 'revise', RUN, 'W2', '--why', 'entered late', ...by);
    expect(revision.stdout).toContain(`${RUN}-r1`);
    expect((await cli('billing', 'draft', `${RUN}-r1`, ...by)).stdout).toContain(`corrects W2 of ${RUN}: entered late`);
    const discarded = await cli('billing', 'discard', `${RUN}-r1`, '--note', 'W1 was meant', ...by);
    expect(discarded.stdout).toContain(`${RUN}-r1: discarded after draft 1`);
    expect((await cli('billing', 'runs')).stdout).toMatch(new RegExp(`${RUN}-r1 +discarded`));
    const next = await cli('billing', 'revise', RUN, 'W1', '--why', 'entered late', ...by);
    expect(next.stdout).toContain(`${RUN}-r2`);
  });

  it('says what would be right', async () => {
    const nobody = await runCli(['billing', 'runs', '--api', 'http://127.0.0.1:9']);
    expect([nobody.code, nobody.stderr]).toEqual([
      1,
      expect.stringContaining('no gateway answers at http://127.0.0.1:9'),
    ]);
    const unknown = await cli('billing', 'show', 'electricity-1999-01');
    expect([unknown.code, unknown.stderr]).toEqual([1, expect.stringContaining('there is no run electricity-1999-01')]);
    const noUtility = await cli('billing', 'draft', 'coldWatr', '2026-11', ...by);
    expect([noUtility.code, noUtility.stderr]).toEqual([2, expect.stringContaining('"coldWatr" is no utility')]);
    const noPeriod = await cli('billing', 'draft', '冷水', ...by);
    expect([noPeriod.code, noPeriod.stderr]).toEqual([2, expect.stringContaining('冷水 of which period?')]);
    const early = await cli('billing', 'draft', 'coldWater', '2099-01', ...by);
    expect(early.stderr).toContain('the period is not over');
    expect(early.stderr).toContain('账期尚未结束');
  });
});
