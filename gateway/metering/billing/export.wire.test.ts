/** What is handed over of a closed run: rendered once, the same bytes for ever, and read by a foreign spreadsheet library. */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { parse } from 'csv-parse/sync';
import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { configOf } from './testing/billing-site.ts';
import { until } from '../../testing/programs.ts';
import { EXPORT_KINDS, fileNameOf, type ExportKind } from './export/ask.ts';
import { guarded } from './export/csv.ts';
import { dropInto } from './export/drop.ts';
import { Handover } from './handover.ts';
import { at, billingSite, close, codeOf, done, meter, read, type BillingSite } from './testing/billing-site.ts';

const NOVEMBER = 'electricity-2026-11';

const METERS = [
  meter('000012345678'),
  meter('313000123456789012', { home: '1-2-3', multiplier: '40' }),
  meter('E3', { home: null, decimals: 3 }),
  meter('E4', { digits: 17, decimals: 2 }),
];

async function closedSite(): Promise<BillingSite> {
  const site = await billingSite(METERS);
  await site.add(
    ...[read('000012345678', '11-01 00:00', '0.10'), read('000012345678', '12-01 00:00', '0.30')],
    ...[read('313000123456789012', '11-01 00:00', '999.99'), read('313000123456789012', '12-01 00:00', '1000.10')],
    ...[read('E3', '11-01 00:00', '5.000')],
    ...[read('E4', '11-01 00:00', '0.01'), read('E4', '12-01 00:00', '12345678901234567.89', { notes: ['=1+1'] })],
  );
  done(await site.billing.draftPeriod('electricity', '2026-11', 'li'));
  await close(site.billing, NOVEMBER);
  return site;
}

function file({ store }: BillingSite, kind: ExportKind): Buffer {
  const kept = store.billing.exported(NOVEMBER, fileNameOf({ id: NOVEMBER }, kind));
  if (!kept) throw new Error(`there is no ${kind}`);
  return Buffer.from(kept.bytes);
}

interface Recorded {
  readonly consumption: string | null;
  readonly meters: readonly string[];
  readonly opening: { readonly value: string } | null;
  readonly closing: { readonly value: string } | null;
}

function records(site: BillingSite): Recorded[] {
  const lines = file(site, 'ndjson').toString('utf8').trimEnd().split('\n');
  return lines.map((line) => JSON.parse(line) as Recorded);
}

/** Each cell as the text of its decimal, by a library that has nothing to do with the one that wrote it. */
const OPENPYXL = `
import json, sys, decimal, warnings, openpyxl
warnings.simplefilter('ignore')
sheet = openpyxl.load_workbook(sys.argv[1]).active
rows = [[{'type': c.data_type, 'format': c.number_format,
          'value': None if c.value is None else str(decimal.Decimal(repr(c.value))) if c.data_type == 'n' else c.value}
         for c in row] for row in sheet.iter_rows()]
print(json.dumps(rows))
`;

interface SheetCell {
  readonly type: string;
  readonly format: string;
  readonly value: string | null;
}

async function sheetOf(bytes: Buffer): Promise<Record<string, SheetCell>[]> {
  const path = join(mkdtempSync(join(tmpdir(), 'gatehouse-xlsx-')), 'run.xlsx');
  writeFileSync(path, bytes);
  const { stdout } = await promisify(execFile)('/usr/bin/python3', ['-c', OPENPYXL, path]);
  const [titles = [], ...rows] = JSON.parse(stdout) as SheetCell[][];
  return rows.map((row) => Object.fromEntries(row.map((cell, column) => [titles[column]?.value ?? '', cell])));
}

/** As the cell shows it by its format. */
function shown({ type, format, value }: SheetCell): string | null {
  if (value === null || type !== 'n') return value;
  const [whole = '', fraction = ''] = value.split('.');
  const decimals = format.split('.')[1]?.length ?? 0;
  return decimals === 0 ? whole : `${whole}.${fraction.padEnd(decimals, '0')}`;
}

describe('the files of a run', () => {
  it('are the same bytes each time, and each has the hash that the manifest says', async () => {
    const site = await closedSite();
    const { row } = done(await site.billing.export({ id: NOVEMBER, by: 'wang' }));
    const first = EXPORT_KINDS.map((kind) => file(site, kind));
    expect(done(await site.again().export({ id: NOVEMBER, by: 'li' })).changed).toBe(false);
    expect(
      EXPORT_KINDS.map((kind) => file(site, kind).equals(first[EXPORT_KINDS.indexOf(kind)] ?? Buffer.of())),
    ).toEqual([true, true, true, true]);
    const hash = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');
    expect(row.run.run.manifest).toBe(hash(file(site, 'manifest')));
    const manifest = JSON.parse(file(site, 'manifest').toString()) as { files: { file: string; sha256: string }[] };
    const named = (['csv', 'ndjson', 'xlsx'] as const).map((kind) => {
      return { file: fileNameOf({ id: NOVEMBER }, kind), sha256: hash(file(site, kind)) };
    });
    expect(manifest).toMatchObject({
      ...{ run: NOVEMBER, registry: row.registry, closed: { by: 'wang' }, files: named },
      counts: { lines: 4, byQuality: { actual: 3, missing: 1 }, withoutConsumption: 1 },
      totals: { electricity: { consumption: '12345678901234572.48', unit: 'kWh' } },
      withoutConsumption: [{ chain: 'E3', home: null, closingQuality: 'missing' }],
    });
  });

  it('are kept as far as they were rendered when it was broken off', async () => {
    const site = await closedSite();
    const early = {
      file: fileNameOf({ id: NOVEMBER }, 'csv'),
      sha256: 'ab',
      bytes: new TextEncoder().encode('as it was'),
    };
    await site.store.write('keepExport', NOVEMBER, early);
    done(await site.billing.export({ id: NOVEMBER, by: 'wang' }));
    expect(file(site, 'csv').toString()).toBe('as it was');
    expect(file(site, 'manifest').toString()).toContain('"sha256": "ab"');
  });

  it('are not there before the run is closed, and are acknowledged by their manifest alone', async () => {
    const site = await billingSite(METERS);
    done(await site.billing.draftPeriod('electricity', '2026-11', 'li'));
    expect(codeOf(await site.billing.export({ id: NOVEMBER, by: 'li' }))).toBe('notClosed');
    await close(site.billing, NOVEMBER);
    const acknowledge = (manifest: string) => site.billing.acknowledge({ id: NOVEMBER, by: 'bank', manifest });
    expect(codeOf(await acknowledge('ab'))).toBe('notExported');
    const { row } = done(await site.billing.export({ id: NOVEMBER, by: 'li' }));
    expect(codeOf(await acknowledge('ab'))).toBe('otherManifest');
    const manifest = row.run.run.manifest ?? '';
    expect(done(await acknowledge(manifest)).row.run.run).toMatchObject({
      state: 'acknowledged',
      acknowledged: { by: 'bank' },
    });
    expect(done(await acknowledge(manifest)).changed).toBe(false);
  });

  it('have the decimals of the registers, in a spreadsheet library other than the writer as in NDJSON', async () => {
    const site = await closedSite();
    done(await site.billing.export({ id: NOVEMBER, by: 'wang' }));
    const [sheet, lines] = [await sheetOf(file(site, 'xlsx')), records(site)];
    const values = (of: Recorded[]) =>
      of.map((line) => [line.opening?.value ?? null, line.closing?.value ?? null, line.consumption]);
    expect(sheet.map((row) => ['期初读数', '期末读数', '用量'].map((title) => shown(row[title] as SheetCell)))).toEqual(
      values(lines),
    );
    expect(values(lines)).toEqual([
      ['0.10', '0.30', '0.20'],
      ['999.99', '1000.10', '4.40'],
      ['5.000', null, null],
      ['0.01', '12345678901234567.89', '12345678901234567.88'],
    ]);
    // A number of 19 digits is no double: it is text, and not another number.
    expect(sheet[3]?.['用量']?.type).not.toBe('n');
    expect(sheet.map((row) => row['表号'])).toMatchObject(lines.map(({ meters }) => ({ type: 's', value: meters[0] })));
  });

  it('open in a Chinese Excel: byte order mark, text that stays text, and nothing that is computed', async () => {
    const site = await closedSite();
    done(await site.billing.export({ id: NOVEMBER, by: 'wang' }));
    const bytes = file(site, 'csv');
    expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    const rows: Record<string, string>[] = parse(bytes, { bom: true, columns: true });
    expect(rows.map((row) => [row['表号'], row['房号'], row['楼栋'], row['用量']])).toEqual([
      ['000012345678\t', '3-1-1201\t', '3号楼\t', '0.20'],
      ['313000123456789012\t', '1-2-3\t', "'=cmd|calc", '4.40'],
      ['E3', '公共区域', '', ''],
      ['E4', '3-1-1201\t', '3号楼\t', '12345678901234567.88'],
    ]);
  });

  it.each([
    ['=1+1', "'=1+1"],
    ['+86', "'+86"],
    ['-2', "'-2"],
    ['@SUM', "'@SUM"],
    ['3号楼', '3号楼\t'],
    ['备注', '备注'],
  ])('hold %j as %j', (text, cell) => {
    expect(guarded(text)).toBe(cell);
  });
});

describe('the drop folder', () => {
  it('that a file system never takes is an error, and not asked for without end', async () => {
    await expect(dropInto('/proc/no/share', [])).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('gets whole files, the manifest last, and gets them later where it cannot be written', async () => {
    const site = await closedSite();
    const parent = mkdtempSync(join(tmpdir(), 'gatehouse-drop-'));
    const dropFolder = join(parent, 'out');
    // A file stands where the folder should be, as when a share is not mounted.
    writeFileSync(dropFolder, '');
    const config = configOf(METERS, { dropFolder });
    const log: string[] = [];
    const handover = new Handover({
      ...{ billing: site.billing, store: site.store, config: () => config, retryMs: 20 },
      log: pino({ level: 'info' }, { write: (line: string) => log.push(line) }),
    });
    handover.wake();
    await until(() => log.length > 0, 'a word about it');
    expect(handover.trouble(NOVEMBER)).toMatch(/^ENOTDIR: .*out/);
    rmSync(dropFolder);
    await until(() => site.billing.run(NOVEMBER)?.run.dropped, 'the files to be dropped');
    await handover.stop();
    expect(handover.trouble(NOVEMBER)).toBeNull();
    expect(readdirSync(dropFolder).sort()).toEqual(
      EXPORT_KINDS.map((kind) => fileNameOf({ id: NOVEMBER }, kind)).sort(),
    );
    for (const kind of EXPORT_KINDS) {
      expect(readFileSync(join(dropFolder, fileNameOf({ id: NOVEMBER }, kind))).equals(file(site, kind))).toBe(true);
    }
    expect(log.filter((line) => line.includes('could not be handed over'))).toHaveLength(1);
    expect(site.billing.run(NOVEMBER)?.run.dropped).toBe(at('12-05 09:00'));
  });
});
