import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { diff, isEmpty } from './diff.ts';
import type { SiteConfig } from './site-config.ts';
import { BAD_LINES } from './testing/bad-meter-lines.ts';
import { BAD_RELATIONS } from './testing/bad-meter-relations.ts';
import { GOOD_HOMES, GOOD_METERS, MeteredSite } from './testing/metered-site.ts';

let site: MeteredSite;
beforeEach(() => {
  site = new MeteredSite();
});
afterEach(() => site.remove());

async function load(): Promise<SiteConfig> {
  const loaded = await site.load();
  if (!loaded.ok) throw new Error(loaded.mistakes.map(({ message }) => message).join('\n'));
  return loaded.config;
}

describe('a mistake in the tables of meters and homes is said with its place and what would be right', () => {
  it.each([...BAD_LINES, ...BAD_RELATIONS])('%s', async (_, file, edits, said) => {
    for (const [what, by] of edits) site.edit(file, what, by);
    expect(await site.complaints()).toEqual(said);
  });

  it('a mistake on every line: every line is named', async () => {
    const [header = '', ...rows] = GOOD_METERS.trimEnd().split('\n');
    site.write('billed.csv', [header, ...rows.map((row) => row.replace(/202\d/, '0000'))].join('\n'));
    const lines = (await site.complaints()).map((said) => said.split(':').slice(0, 2).join(':'));
    expect(lines).toEqual(rows.map((_, index) => `billed.csv:${index + 2}`));
  });

  it('lines with mistakes are known to those that refer to them', async () => {
    site.edit('billed.csv', '4711.25', 'unknown');
    site.edit('homes.csv', '单元,1202', '单元,');
    expect(await site.complaints()).toEqual([
      'billed.csv:3:83: error: "final" must be a number such as 123.45 that is not negative, not "unknown"',
      'homes.csv:3:1: error: "room" is missing',
    ]);
  });

  it('so are lines that cannot be read at all', async () => {
    site.edit('billed.csv', 'E-1202,3-1-1202,电', 'E-1202,3-1-1202,"电');
    site.edit('homes.csv', '3-1-1202,3号楼', '3-1-1202,"3号楼');
    expect(await site.complaints()).toEqual([
      'billed.csv:3:17: error: a quote is opened on this line and not closed on it (a cell has no line breaks)',
      'homes.csv:3:10: error: a quote is opened on this line and not closed on it (a cell has no line breaks)',
    ]);
  });

  it('times that have not come yet are warned of, by the clock of whoever asks', async () => {
    // In the site's zone, Asia/Shanghai: 2026-03-10 09:29:59.
    const before = Date.UTC(2026, 2, 10, 1, 29, 59);
    expect(await site.complaints(before)).toEqual([
      'billed.csv:3:66: warning: 2026-03-10T09:30:00 has not come yet, and a meter with "removedAt" is read no more (enter it when the meter has been taken down)',
      'billed.csv:4:59: warning: 2026-03-10T10:15:00 has not come yet: until then it is not read',
    ]);
    expect(await site.complaints(before + 1_000)).toHaveLength(1);
    expect(await site.complaints(before + 46 * 60_000)).toEqual([]);
    expect(await site.complaints()).toEqual([]);
  });

  it('what a removed meter hung on may be gone', async () => {
    site.edit('billed.csv', 'E-1202,3-1-1202,电,east,2,eastron-sdm120', 'E-1202,3-1-1202,电,old-line,2,old-model');
    site.edit('billed.csv', 'pulses-1,di1Count', 'old-counter,di1Count');
    site.edit('billed.csv', '2024年5月1日,0,,', '2024年5月1日,0,2025-01-01,7.5');
    expect(await site.complaints()).toEqual([]);
  });

  it.each([
    ['5', ['billed.csv:9:37: warning: whichever meter answers at primary address 5 is taken for this one, also after an exchange that nobody noted (with the identification number that is printed on it: "5/12345678")']],
    ['5/00000042', []],
  ])('a meter at an address where another one may answer is warned of: %s', async (address, said) => {
    site.addProfile('mbus-hot-water');
    site.edit('site.yaml', 'path: /dev/ttyS1', 'path: /dev/ttyS1, replyTimeoutMs: 1500');
    site.edit('billed.csv', 'hotWater,west,000000000042,plate-meter', `hotWater,west,${address},mbus-hot-water`);
    expect(await site.complaints()).toEqual(said);
    expect(await load()).toBeDefined();
  }); // prettier-ignore

  it('a device list that could not be read makes no device unknown', async () => {
    site.edit('site.yaml', 'homes:', 'deviceFiles: [devices.csv]\nhomes:');
    site.write('devices.csv', 'id,bus,unit,profile\nx,east,"9,wb-mcm8\n');
    site.edit('billed.csv', 'pulses-1,di1Count', 'pulses-2,di1Count');
    expect(await site.complaints()).toEqual([
      'devices.csv:2:8: error: a quote is opened on this line and not closed on it (a cell has no line breaks)',
    ]);
  });

  it('ten thousand bad lines end in a count', async () => {
    const rows = Array.from({ length: 10_000 }, (_, index) => `${index},nobody,electricity,2024-05-01,0`);
    site.write('billed.csv', ['number,home,utility,installedAt,initial', ...rows].join('\n'));
    const said = await site.complaints();
    expect(said).toHaveLength(1_001);
    expect(said.at(-1)).toBe('billed.csv:1002:6: error: and 9000 more in this file from here on');
  });
});

/** `电` and `冷水` … as an old spreadsheet saves them. */
function gbk(text: string): Buffer {
  const bytes: Readonly<Record<string, readonly number[]>> = {
    电: [0xb5, 0xe7], 冷: [0xc0, 0xe4], 水: [0xcb, 0xae], 管: [0xb9, 0xdc], 井: [0xbe, 0xae], 左: [0xd7, 0xf3], 燃: [0xc8, 0xbc],
    气: [0xc6, 0xf8], 厨: [0xb3, 0xf8], 房: [0xb7, 0xbf], 泵: [0xb1, 0xc3], 年: [0xc4, 0xea], 月: [0xd4, 0xc2], 日: [0xc8, 0xd5],
  }; // prettier-ignore
  return Buffer.from(Array.from(text).flatMap((character) => bytes[character] ?? [...Buffer.from(character)]));
}

const SAVE_AS = 'in the spreadsheet, save it as “CSV UTF-8 (comma delimited)”';

describe('a table is read as spreadsheets save it', () => {
  const swapped = (separator: string): string =>
    GOOD_METERS.replace('"管井, 左"', '管井 左').replaceAll(',', separator).replace('管井 左', '"管井, 左"');

  it.each<[name: string, content: string | Uint8Array, said: readonly string[]]>([
    ['UTF-8 with a byte order mark', `\ufeff${GOOD_METERS}`, []],
    ['CRLF', GOOD_METERS.replaceAll('\n', '\r\n'), []],
    ['CR', GOOD_METERS.replaceAll('\n', '\r'), []],
    ['semicolons', swapped(';'), []],
    ['tabs', swapped('\t'), []],
    ['every cell in quotes', GOOD_METERS.replaceAll('"', '').replace('管井, 左', '管井 左').replace(/[^,\n]+/g, '"$&"').replace('管井 左', '管井, 左'), []],
    ['empty lines and empty rows', GOOD_METERS.replaceAll('\n', '\n\n,,,,\n'), []],
    ['blanks around cells', GOOD_METERS.replaceAll(',', ' , ').replace('管井 ,  左', '管井, 左'), []],
    ['no line break at its end', GOOD_METERS.trimEnd(), []],
    [
      'GBK',
      gbk(GOOD_METERS),
      [`billed.csv:3:1: warning: the text is not UTF-8; read as GBK this line is "E-1202,3-1-1202,电,east,2,eastron-sdm120" (see whether that is right; ${SAVE_AS})`],
    ],
    [
      'UTF-16, as “Unicode text” is',
      Buffer.from(`\ufeff${swapped('\t')}`, 'utf16le'),
      [`billed.csv:1:1: warning: the text is in UTF-16, and read as such (${SAVE_AS})`],
    ],
    [
      'UTF-16 of the other order',
      Buffer.from(`\ufeff${GOOD_METERS}`, 'utf16le').swap16(),
      [`billed.csv:1:1: warning: the text is in UTF-16, and read as such (${SAVE_AS})`],
    ],
  ])('%s', async (_, content, said) => {
    const { registry } = await load();
    site.write('billed.csv', content);
    expect((await site.complaints()).map((line) => line.replace(/(sdm120),[^"]*"/, '$1"'))).toEqual(said);
    expect([...(await load()).registry.meters.values()]).toEqual([...registry.meters.values()]);
  }); // prettier-ignore

  it.each<[name: string, content: string | Uint8Array, said: string]>([
    ['a workbook', Buffer.from('PK\u0003\u0004...'), `billed.csv:1:1: error: this is a workbook and no CSV file (${SAVE_AS})`],
    ['nothing', '', 'billed.csv:1:1: error: the file is empty (first line: number,utility,installedAt,initial, and what else there is)'],
    ['bytes', Buffer.from('number\n\u0000'), 'billed.csv:2:1: error: this is no text file: it has a zero byte'],
    ['neither encoding', Buffer.from([0x61, 0x0a, 0xff, 0xff, 0x0a]), 'billed.csv:2:1: error: the text is not UTF-8 (save the file as UTF-8)'],
    ['half of UTF-16', Buffer.from([0xff, 0xfe, 0x61]), `billed.csv:1:1: error: the text begins as UTF-16, and is none (${SAVE_AS})`],
    ['a sheet of many thousand columns', 'number,'.repeat(5_000), 'billed.csv:1:1: error: the first line names no columns (first line: number,utility,installedAt,initial, and what else there is)'],
  ])('%s is refused', async (_, content, said) => {
    site.write('billed.csv', content);
    expect(await site.complaints()).toEqual([said]);
  }); // prettier-ignore
});

describe('what is loaded', () => {
  it('a meter on a bus is a device: a removed one is none, and the rest of the site comes first', async () => {
    const { devices } = await load();
    expect(devices.map(({ id }) => id)).toEqual(['pulses-1', 'three-phase', 'E-1201', 'E-1202-B', '000000000042']);
    expect(devices[2]).toMatchObject({ bus: 'east', unit: 1, nameZh: '3-1-1201 电表', poll: { normal: 900_000, slow: 900_000 } });
    expect(devices[4]).toMatchObject({ address: '000000000042', serial: { baud: 2400, format: '8E1' }, poll: { slow: 3_600_000 } });
    expect(devices[4]).not.toHaveProperty('unit');
  }); // prettier-ignore

  it('meters on buses are read as often as the site says', async () => {
    site.edit('site.yaml', 'homes:', 'metering: { electricityEveryS: 300, othersEveryS: 21600 }\nhomes:');
    const { devices } = await load();
    expect(devices[2]?.poll).toMatchObject({ normal: 300_000, slow: 300_000 });
    expect(devices[4]?.poll).toMatchObject({ slow: 21_600_000 });
  });

  it('a meter has its values on its own dial, its times in one form, and the place of its register', async () => {
    const { meters, homes } = (await load()).registry;
    expect([...meters.keys()]).toEqual(
      ['E-1201', 'E-1202', 'E-1202-B', 'W-1201', 'W-1202', 'G-1201', 'PUMP', '000000000042'],
    ); // prettier-ignore
    expect(meters.get('E-1202')).toEqual({
      ...{
        number: 'E-1202',
        home: '3-1-1202',
        utility: 'electricity',
        unit: 'kWh',
        multiplier: '1',
        digits: 6,
        decimals: 2,
      },
      place: { device: 'E-1202', point: 'importEnergy', pulseWeight: null },
      ...{ installedAt: '2024-05-01T08:00:00', initial: '12.50', removedAt: '2026-03-10T09:30:00', final: '4711.25' },
      ...{ replaces: null, maxPerHour: null, location: null },
    });
    expect(meters.get('W-1202')).toMatchObject({
      ...{
        place: { device: 'pulses-1', point: 'di1Count', pulseWeight: '0.001' },
        initial: '0.000',
        location: '管井, 左',
      },
    });
    expect(meters.get('G-1201')).toMatchObject({ utility: 'gas', place: null, initial: '100.125' });
    expect(meters.get('PUMP')).toMatchObject({ home: null, multiplier: '40' });
    expect(homes.get('3-1-1202')).toEqual({
      ...{ id: '3-1-1202', building: '3号楼', unit: '1单元', room: '1202', extension: null },
    });
  });

  it('the tables are kept as they came, each with its SHA-256', async () => {
    const { files } = (await load()).registry;
    expect(files.map(({ holds, bytes }) => [holds, Buffer.from(bytes).toString()])).toEqual([
      ['meters', GOOD_METERS],
      ['homes', GOOD_HOMES],
    ]);
    expect(files.map(({ sha256 }) => sha256)).toEqual(
      [GOOD_METERS, GOOD_HOMES].map((text) => createHash('sha256').update(text).digest('hex')),
    );
  });

  it('a meter with a warning is polled as any other', async () => {
    site.edit('billed.csv', '000000000042,3-1-1202', '42,3-1-1202');
    expect((await load()).devices.at(-1)).toMatchObject({ id: '42', address: '000000000042' });
  });

  it('several tables of meters are one registry', async () => {
    const rows = GOOD_METERS.split('\n');
    site.write('billed.csv', [...rows.slice(0, 4), ''].join('\n'));
    site.write('more.csv', [rows[0], ...rows.slice(4)].join('\n'));
    site.edit('site.yaml', '[billed.csv]', '[billed.csv, more.csv]');
    expect((await load()).registry.meters.size).toBe(8);
    site.edit('more.csv', 'PUMP', 'E-1201');
    expect(await site.complaints()).toEqual([
      expect.stringMatching(/^more\.csv:5:1: error: the number E-1201 stands on line 2 of billed\.csv already/),
    ]);
  });

  it('a site without meters has none', async () => {
    site.edit('site.yaml', 'meters: [billed.csv]\nhomes: homes.csv\n', '');
    const { registry } = await load();
    expect([registry.meters.size, registry.homes.size, registry.files]).toEqual([0, 0, []]);
  });
});

describe('a change of the tables', () => {
  it('the same tables in another folder are the same version, and one byte makes another', async () => {
    const before = await load();
    const other = new MeteredSite();
    const elsewhere = await other.load();
    other.remove();
    expect(elsewhere.ok && elsewhere.config.registry.version).toBe(before.registry.version);
    site.write('billed.csv', `${GOOD_METERS}\n`);
    const after = await load();
    expect(after.registry.version).not.toBe(before.registry.version);
    expect(diff(before, after)).toMatchObject({
      devices: { changed: [] },
      meters: { changed: [] },
      described: ['meters'],
    });
  });

  it('a meter more leaves the devices of the others alone', async () => {
    const before = await load();
    site.write('billed.csv', GOOD_METERS.replace('G-1201,3-1-1201,燃气,,,', 'G-1201,3-1-1201,电,east,7,eastron-sdm120').replace('5,3,2024.05.01,100.125', '6,3,2024-05-01,1'));
    const change = diff(before, await load());
    expect(change.devices).toEqual({ added: ['G-1201'], removed: [], changed: [] });
    expect(change.meters).toEqual({ added: [], removed: [], changed: ['G-1201'] });
  }); // prettier-ignore

  it('another multiplier is a change of the meter, and of no device', async () => {
    const before = await load();
    site.edit('billed.csv', 'importEnergy,,40', 'importEnergy,,60');
    const change = diff(before, await load());
    expect(change.devices).toEqual({ added: [], removed: [], changed: [] });
    expect(change.meters.changed).toEqual(['PUMP']);
    expect(isEmpty(change)).toBe(false);
  });

  it('a replacement takes one device away and brings another', async () => {
    const before = await load();
    const row = 'E-1201,3-1-1201,electricity,east,1,eastron-sdm120,,,,,,,2024-05-01,0,,,,,,,\n';
    site.edit(
      'billed.csv',
      row,
      row.replace(',0,,,,,', ',0,2026-11-02 10:00,812.4,,,') +
        row.replace('E-1201', 'E-1201-B').replace('2024-05-01,0,,,,', '2026-11-02 10:20,3.1,,,E-1201,'),
    );
    const change = diff(before, await load());
    expect(change.devices).toEqual({ added: ['E-1201-B'], removed: ['E-1201'], changed: [] });
    expect(change.meters).toEqual({ added: ['E-1201-B'], removed: [], changed: ['E-1201'] });
  });
});
