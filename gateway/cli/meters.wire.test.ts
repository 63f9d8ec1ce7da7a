/** `check` and `meters list` on a site with meters, and on one with mistakes among them. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parse } from 'csv-parse/sync';
import { MeteredSite } from '../config/testing/metered-site.ts';
import { runCli } from './testing/run-cli.ts';

let site: MeteredSite;

beforeEach(() => {
  site = new MeteredSite();
  // Of a protocol that the program does not have.
  for (const name of ['plate-meter', 'plate-heat']) rmSync(join(site.folder, `profiles/${name}.json`));
  site.edit('billed.csv', 'hotWater,west,000000000042,plate-meter', 'hotWater,,,');
  site.edit('billed.csv', ',2400,8E1', ',,');
});

afterEach(() => site.remove());

describe('gatehouse check', () => {
  it('counts meters and homes', async () => {
    const { code, stdout } = await runCli(['check', site.siteFile]);
    expect(stdout).toMatch(
      /4 devices on 2 buses of 3 profiles with \d+ alarms that can occur and 8 meters of 2 homes\n$/,
    );
    expect(code).toBe(0);
    const json = await runCli(['check', site.siteFile, '--json']);
    expect(JSON.parse(json.stdout)).toMatchObject({ ok: true, registry: { meters: 8, homes: 2 } });
  });

  it('shows the mistakes of these tables as those of all other files', async () => {
    site.edit('billed.csv', 'E-1201,3-1', '1.23457E+11,3-1');
    site.edit('billed.csv', 'pulses-1,di1Count', 'pulses-1,di9Count');
    site.edit('homes.csv', '8001', '8 001');
    const { code, stdout } = await runCli(['check', site.siteFile]);
    const at = (place: string): string => join(site.folder, place);
    expect(stdout).toBe(
      [
        `${at('billed.csv:2:1:')} error: "number" is "1.23457E+11": a spreadsheet has rounded it, and its digits are gone`,
        '    hint: format the column as text, and enter the number again',
        `${at('billed.csv:6:39:')} error: the profile wb-mcm8 has no point "di9Count" that can be read`,
        '    hint: did you mean "di0Count"?',
        `${at('homes.csv:2:23:')} error: "extension" must have no blanks inside, not "8 001"`,
        `✗ ${site.siteFile}: 3 errors`,
        '',
      ].join('\n'),
    );
    expect(code).toBe(1);
  });
});

describe('gatehouse meters list', () => {
  const list = (...options: readonly string[]) => runCli(['meters', 'list', '--site', site.siteFile, ...options]);

  it('shows each meter with its register and its chain', async () => {
    const { code, stdout } = await list();
    expect(stdout).toMatch(/^E-1202 +3-1-1202 +electricity +E-1202 importEnergy +6\.2 +2024-05-01 08:00 +12\.50 +2026-03-10 09:30 +4711\.25$/m);
    expect(stdout).toMatch(/^W-1202 +3-1-1202 +coldWater +pulses-1 di1Count × 0\.001 +5\.3 .* 管井, 左$/m);
    expect(stdout).toMatch(/^PUMP +public +electricity +three-phase importEnergy +× 40 +6\.2 /m);
    expect(stdout).toContain('8 meters, 1 of them removed');
    expect(code).toBe(0);
  }); // prettier-ignore

  it('leaves out what was not asked for', async () => {
    const { stdout } = await list('--home', '3-1-1202', '--utility', '电', '--present', '--json');
    expect(JSON.parse(stdout)).toEqual([expect.objectContaining({ number: 'E-1202-B', replaces: 'E-1202' })]);
  });

  it('gives a table that another CSV reader understands, with text that no spreadsheet takes for a number', async () => {
    const { stdout } = await list('--csv');
    const rows: Record<string, string>[] = parse(stdout, { bom: true, columns: true });
    expect(rows).toHaveLength(8);
    expect(rows[4]).toMatchObject({
      ...{ number: 'W-1202', home: '3-1-1202\t', building: '3号楼\t', entrance: '1单元\t', room: '1202\t', unit: 'm3' },
      ...{ pulseWeight: '0.001', initial: '0.000', location: '管井, 左' },
    });
  });

  it('says what would be right', async () => {
    const unknown = await list('--home', '3-1-1220');
    expect([unknown.code, unknown.stderr]).toEqual([2, expect.stringContaining('did you mean "3-1-1202"?')]);
    const both = await list('--csv', '--json');
    expect([both.code, both.stderr]).toEqual([2, expect.stringContaining('two forms of one list')]);
    site.edit('homes.csv', '单元,1202', '单元,');
    const broken = await list();
    expect([broken.code, broken.stderr]).toEqual([1, expect.stringContaining('"room" is missing')]);
  });
});
