/** An office gets its tables back from a gateway that runs: the bytes that it once gave. */
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Gateway } from '../main.ts';
import { createSite } from '../testing/site.ts';
import { runCli } from './testing/run-cli.ts';

/** GBK, semicolons, quotes that nobody needs, a blank line: nothing of it is tidied up. */
const TOWER_1 = Buffer.concat([
  Buffer.from('number;home;utility;digits;decimals;installedAt;initial;location\r\n\r\n'),
  Buffer.from('"W1";1-1-101;coldWater;5;3;2024/1/1;0;'),
  Buffer.from([0xb9, 0xdc, 0xbe, 0xae]),
  Buffer.from('\r\n'),
]);
const TOWER_2 = 'number,home,utility,installedAt,initial\nW2,,coldWater,2024-01-01,0';
const HOMES = '\ufeffid,building,unit,room\n1-1-101,1,1,101\n';

let gateway: Gateway;
let folder = '';
beforeAll(async () => {
  const buses = [{ id: 'b', type: 'modbus-tcp', host: '127.0.0.1', port: 1 }];
  const meters = ['tower-1/meters.csv', 'tower-2/meters.csv'];
  const site = createSite({ buses, devices: [], meters, homes: 'homes.csv' });
  ({ folder } = site);
  for (const tower of ['tower-1', 'tower-2']) mkdirSync(join(folder, tower));
  writeFileSync(join(folder, 'tower-1/meters.csv'), TOWER_1);
  writeFileSync(join(folder, 'tower-2/meters.csv'), TOWER_2);
  writeFileSync(join(folder, 'homes.csv'), HOMES);
  gateway = await site.start();
});
afterAll(() => gateway.stop());

const cli = (...args: string[]) => runCli(['meters', ...args, '--api', gateway.apiUrl]);
const freshFolder = (): string => join(mkdtempSync(join(tmpdir(), 'gatehouse-tables-')), 'out');

describe('gatehouse meters export', () => {
  it('gives the bytes of each table, two of one name included, after the files have changed as well', async () => {
    writeFileSync(join(folder, 'homes.csv'), 'id\n');
    const to = freshFolder();
    const { code, stdout } = await cli('export', '--to', to);
    const [version = ''] = /[0-9a-f]{64}/.exec(stdout) ?? [];
    expect(stdout).toBe(
      [...['meters.csv', '1-meters.csv', 'homes.csv'].map((file) => join(to, file)), `version ${version}`, ''].join(
        '\n',
      ),
    );
    expect(code).toBe(0);
    expect(readFileSync(join(to, 'meters.csv')).equals(TOWER_1)).toBe(true);
    expect(readFileSync(join(to, '1-meters.csv'), 'utf8')).toBe(TOWER_2);
    expect(readFileSync(join(to, 'homes.csv'), 'utf8')).toBe(HOMES);
    const again = await cli('export', version, '--to', freshFolder(), '--json');
    expect(JSON.parse(again.stdout)).toMatchObject({ version, files: [{}, {}, {}] });
  });

  it('says that there is no such version, and `versions` which there are', async () => {
    const unknown = await cli('export', '0000', '--to', freshFolder());
    expect([unknown.code, unknown.stderr]).toEqual([1, expect.stringContaining('there is no version 0000')]);
    expect((await cli('versions')).stdout).toMatch(/^[0-9a-f]{64} {2}since 20\d\d-.*Z {2}in force\n$/);
  });
});
