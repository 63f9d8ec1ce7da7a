import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadConfiguration } from './load.ts';
import { OTHER_EDITS, SITE_EDITS } from './testing/bad-edits.ts';
import { drivers, SiteCopy } from './testing/site-copy.ts';

let site: SiteCopy;
beforeEach(() => {
  site = new SiteCopy();
});
afterEach(() => site.remove());

describe('a mistake in the site file is said with its line and what would be right', () => {
  it.each(SITE_EDITS)('%s', async (_, [what, by], said) => {
    site.edit('site.yaml', what, by);
    expect(await site.complaints()).toEqual(said);
  });
});

describe('mistakes in the other files', () => {
  it.each(OTHER_EDITS)('%s', async (_, file, [what, by], said) => {
    site.edit(file, what, by);
    expect(await site.complaints()).toEqual(said);
  });

  it('an absent rule file is said where it is named', async () => {
    rmSync(join(site.folder, 'rules.yaml'));
    expect(await site.complaints()).toEqual([
      'site.yaml:40:1: error: there is no file rules.yaml (names start at the folder of the site file)',
    ]);
  });
});

describe('one run shows all there is to mend', () => {
  it('mistakes of every file, sorted, and references to what has mistakes are none', async () => {
    site.edit('site.yaml', '    baud: 2400', '    baud: 2401');
    site.edit('site.yaml', 'bus: pump-room', 'bus: pump-rom');
    site.edit('site.yaml', 'port: 1883', 'prot: 1883');
    site.edit('meters.csv', 'meter-2,二号表,meters,2', 'meter-2,二号表,meters,two');
    site.edit('profiles/tiny-inputs.json', '"poll": "alarm", "channel": 1', '"poll": "often", "channel": 1');
    expect(await site.complaints()).toEqual([
      'meters.csv:3:20: error: "unit" must be a number, not "two"',
      'profiles/tiny-inputs.json:9:38: error: Invalid option: expected one of "alarm"|"fast"|"normal"|"slow"',
      'site.yaml:5:3: error: unknown key "prot" (did you mean "port"?)',
      expect.stringMatching(/^site\.yaml:22:5: error: "baud" must be one of/),
      'site.yaml:34:5: error: there is no bus "pump-rom" (did you mean "pump-room"?)',
    ]);
  });

  it('lines are right behind an entry that is left out', async () => {
    site.edit('site.yaml', 'unit: 1\n', 'unit: one\n');
    site.edit('site.yaml', 'bus: pump-room', 'bus: pump-rom');
    site.edit('site.yaml', 'type: modbus-tcp', 'type: modbus-tpc');
    site.edit('site.yaml', 'baud: 2400', 'breaker: { firstBackoffMs: 5000, maxBackoffMs: 1000 }');
    expect((await site.complaints()).map((line) => line.split(' ').slice(0, 3).join(' '))).toEqual([
      'site.yaml:12:5: error: "type"',
      'site.yaml:22:38: error: the',
      'site.yaml:28:5: error: "unit"',
      'site.yaml:34:5: error: there',
    ]);
  });

  it('nothing is said of what could not be read, and the rest is checked', async () => {
    site.edit('site.yaml', '  port: 1883', '  port: 70000\n  host: 0.0.0.0');
    site.edit('site.yaml', 'bus: pump-room', 'bus: pump-rom');
    expect(await site.complaints()).toEqual([
      'site.yaml:5:3: error: "port" must be at most 65535, not 70000',
      'site.yaml:6:3: error: the broker would be open to the network on 0.0.0.0, without users (list users, or set host: 127.0.0.1)',
      'site.yaml:35:5: error: there is no bus "pump-rom" (did you mean "pump-room"?)',
    ]);
  });

  it('no schedule is judged by periods that could not be read', async () => {
    site.edit('site.yaml', 'broker:', 'poll: { normal: 100000, slow: 1 }\nbroker:');
    site.edit('site.yaml', 'baud: 9600', 'turnaroundMs: 9000\n    replyTimeoutMs: 20000');
    site.edit('site.yaml', '    poll: { normal: 5000 }\n', '');
    expect(await site.complaints()).toEqual(['site.yaml:4:25: error: "slow" must be at least 20, not 1']);
  });

  it('a site file that cannot be read as YAML does not hide the mistakes of the files it names', async () => {
    site.edit('site.yaml', '  port: 1883', '\tport: 1883');
    site.edit('meters.csv', 'meter-1,', 'meter 1,');
    expect(await site.complaints()).toEqual([
      'meters.csv:2:1: error: "id" is wrong: an id is 1 to 64 letters, digits, - or _, not "meter 1"',
      'site.yaml:5:1: error: a tab indents this line (YAML is indented with spaces)',
    ]);
  });

  it('ten thousand bad rows end in a count', async () => {
    const rows = Array.from({ length: 10_000 }, (_, row) => `x${row},meters,999,tiny-meter`);
    site.write('meters.csv', ['id,bus,unit,profile', ...rows].join('\n'));
    const said = await site.complaints();
    expect(said).toHaveLength(1_001);
    expect(said.at(-1)).toBe('meters.csv:1002:14: error: and 9000 more in this file from here on');
  });
});

describe('what is loaded', () => {
  it('the good site has no mistake and no warning', async () => {
    expect(await site.complaints()).toEqual([]);
  });

  it('devices of the site file come first, then those of the device files with what their columns say', async () => {
    const loaded = await site.load();
    if (!loaded.ok) throw new Error('not loaded');
    const { devices } = loaded.config;
    expect(devices.map(({ id }) => id)).toEqual(['lift-io', 'pressure', 'meter-1', 'meter-2', 'meter-3']);
    expect(devices[2]).toEqual({
      id: 'meter-1', nameZh: '一号表', bus: 'meters', unit: 1, profile: 'tiny-meter', location: '一层, 东',
      enabled: true, inputs: [], alarms: {},
    }); // prettier-ignore
    expect(devices[3]).toMatchObject({ enabled: true, poll: { slow: 120_000 } });
    expect(devices[4]).toMatchObject({ enabled: false });
  });

  it('profiles are there by id and the alarms are resolved', async () => {
    const loaded = await site.load();
    if (!loaded.ok) throw new Error('not loaded');
    expect([...loaded.config.profiles.keys()]).toEqual(['tiny-inputs', 'tiny-meter']);
    expect(loaded.config.alarms.map(({ alarm }) => alarm)).toEqual(['lift-1--lift-carAlarm', 'lift-1--lift-fault']);
  });

  it('a period that a device does not name is the one of the site', async () => {
    const loaded = await site.load();
    expect(loaded.ok && loaded.config.devices[1]?.poll).toEqual({ normal: 5000 });
  });

  it('the files are named, and the fingerprint follows their content', async () => {
    const before = await site.load();
    expect(before.read.names.map((file) => file.replace(`${site.folder}/`, ''))).toEqual([
      'site.yaml', 'profiles', 'profiles/tiny-inputs.json', 'profiles/tiny-meter.json', 'meters.csv', 'rules.yaml',
    ]); // prettier-ignore
    expect((await site.load()).read.fingerprint).toBe(before.read.fingerprint);
    site.edit('meters.csv', '一号表', '甲号表');
    expect((await site.load()).read.fingerprint).not.toBe(before.read.fingerprint);
  });

  it('whether they are still what was read is known without parsing them', async () => {
    const { read } = await site.load();
    const isStillAfter = async (change: () => void): Promise<boolean> => {
      change();
      return read.isStill();
    };
    expect(await isStillAfter(() => undefined)).toBe(true);
    expect(await isStillAfter(() => site.edit('meters.csv', '一号表', '甲号表'))).toBe(false);
    expect(await isStillAfter(() => site.edit('meters.csv', '甲号表', '一号表'))).toBe(true);
    expect(await isStillAfter(() => site.write('profiles/none.json', '{}'))).toBe(false);
    expect(await isStillAfter(() => rmSync(join(site.folder, 'profiles/none.json')))).toBe(true);
    expect(await isStillAfter(() => rmSync(join(site.folder, 'rules.yaml')))).toBe(false);
  });

  it('a device that is not enabled may hold the address of another', async () => {
    site.edit('meters.csv', 'meters,3', 'meters,2');
    expect(await site.complaints()).toEqual([]);
  });

  it('serial ports that are one port through a link are one port', async () => {
    const { symlinkSync } = await import('node:fs');
    site.write('tty', '');
    symlinkSync(join(site.folder, 'tty'), join(site.folder, 'by-id'));
    site.edit('site.yaml', '/dev/ttyS1', join(site.folder, 'tty'));
    site.edit(
      'site.yaml',
      'type: modbus-tcp\n    host: 192.0.2.10',
      `type: serial\n    path: ${join(site.folder, 'by-id')}`,
    );
    expect(await site.complaints()).toEqual([expect.stringContaining('is on tty, which bus "lifts" owns already')]);
  });
});

describe('a site file that is no site file', () => {
  it('is absent', async () => {
    const loaded = await loadConfiguration(join(site.folder, 'nothing.yaml'), drivers);
    expect(loaded).toMatchObject({ ok: false, mistakes: [{ line: 1, message: 'there is no such file' }] });
  });

  it('is a folder', async () => {
    rmSync(site.siteFile);
    mkdirSync(site.siteFile);
    expect(await site.complaints()).toEqual(['site.yaml:1:1: error: this is a folder: name a file in it']);
  });

  it.each([
    ['nothing at all', '', ['site.yaml:1:1: error: there is nothing in this file']],
    ['comments only', '# to do\n', ['site.yaml:1:1: error: there is nothing in this file']],
    ['a word', 'hello', ['site.yaml:1:1: error: the file must be a map of keys and values, not "hello"']],
    ['a list', '- a\n- b\n', ['site.yaml:1:1: error: the file must be a map of keys and values, not a list']],
    ['bytes', Buffer.from('a: 1\n\u0000\u0001'), ['site.yaml:2:1: error: this is no text file: it has a zero byte']],
    [
      'UTF-16',
      Buffer.from('\ufeffsite: 1', 'utf16le'),
      ['site.yaml:1:1: error: the text is in UTF-16 (save the file as UTF-8)'],
    ],
    [
      'neither encoding',
      Buffer.from([0x61, 0x0a, 0xff, 0xff, 0xff, 0x0a]),
      ['site.yaml:2:1: error: the text is not UTF-8 (save the file as UTF-8)'],
    ],
    [
      'ten megabytes',
      Buffer.alloc(10 * 1024 * 1024, 'a'),
      ['site.yaml:1:1: error: 10.0 MB: a file of this kind has at most 1 MB'],
    ],
    ['brackets without end', '['.repeat(50_000), ['site.yaml:1:806: error: the structure is nested too deeply']],
  ])('is %s', async (_, content, said) => {
    site.write('site.yaml', content);
    const complaints = await site.complaints();
    expect(
      complaints.map((line) => line.replace(/:1:\d+: error: the structure/, ':1:806: error: the structure')),
    ).toEqual(said);
  });

  it('is a bomb of aliases', async () => {
    let bomb = 'a: &a [x, x, x, x, x, x, x, x, x]\n';
    for (const [from, to] of ['ab', 'bc', 'cd', 'de', 'ef', 'fg', 'gh'].map((pair) => pair.split(''))) {
      bomb += `${String(to)}: &${String(to)} [${Array(9)
        .fill(`*${String(from)}`)
        .join(', ')}]\n`;
    }
    site.write('site.yaml', bomb);
    expect(await site.complaints()).toEqual([
      'site.yaml:1:1: error: the aliases (*…) of this file unfold into more than 1000 copies',
    ]);
  });

  it('is GBK, as an old editor saves it', async () => {
    // `nameZh: 东苑` in GBK.
    const gbk = Buffer.concat([
      Buffer.from('site:\n  nameZh: '),
      Buffer.from([0xb6, 0xab, 0xd4, 0xb7]),
      Buffer.from('\n'),
    ]);
    site.write('site.yaml', gbk);
    expect(await site.complaints()).toEqual([
      'site.yaml:2:1: error: the text is not UTF-8; read as GBK this line is "nameZh: 东苑" (save the file as UTF-8)',
    ]);
  });
});

describe('what spreadsheets and old editors add', () => {
  it('a byte order mark and CRLF change nothing, in any file', async () => {
    for (const name of [
      'site.yaml',
      'meters.csv',
      'rules.yaml',
      ...readdirSync(join(site.folder, 'profiles')).map((file) => `profiles/${file}`),
    ]) {
      site.write(name, `\ufeff${site.read(name).replaceAll('\n', '\r\n')}`);
    }
    expect(await site.complaints()).toEqual([]);
    site.edit('meters.csv', 'meters,2', 'metres,2');
    expect(await site.complaints()).toEqual([
      expect.stringMatching(/^meters\.csv:3:13: error: there is no bus "metres"/),
    ]);
  });

  it('the serial format 8E1 is no number', async () => {
    const loaded = await site.load();
    expect(loaded.ok && loaded.config.buses[2]).toMatchObject({ format: '8E1' });
  });
});

describe('files that the gateway itself reads and writes', () => {
  it('stand in the folder of the site file, or where an absolute name says', async () => {
    const store = async (): Promise<string | false> => {
      const loaded = await site.load();
      return loaded.ok && loaded.config.store.file;
    };
    expect(await store()).toBe(join(site.folder, 'var/gatehouse.sqlite'));
    site.edit('site.yaml', 'equipment:', 'store: { file: /srv/gatehouse.sqlite }\nequipment:');
    expect(await store()).toBe('/srv/gatehouse.sqlite');
  });

  it("a password file is looked for there too, and is the broker's", async () => {
    site.write('secret', 'x');
    const external = 'broker: { type: external, url: "mqtt://10.0.0.2:1883", username: gate, passwordFile: secret }';
    const [own = ''] = /^broker:(?:\n {2}.*|.*)+$/m.exec(site.read('site.yaml')) ?? [];
    site.edit('site.yaml', own, external);
    expect(await site.complaints()).toEqual([]);
    const loaded = await site.load();
    expect(loaded.ok && loaded.config.broker.passwordFile).toBe(join(site.folder, 'secret'));
  });
});
