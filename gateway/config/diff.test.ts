import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { drivers } from '../../drivers/index.ts';
import { diff, isEmpty, needRestart, untilRestart, type Change } from './diff.ts';
import { loadConfiguration } from './load.ts';
import type { SiteConfig } from './site-config.ts';
import { SiteCopy } from './testing/site-copy.ts';

let site: SiteCopy;
beforeEach(() => {
  site = new SiteCopy();
});
afterEach(() => site.remove());

async function load(): Promise<SiteConfig> {
  const loaded = await site.load();
  if (!loaded.ok) throw new Error(loaded.mistakes.map(({ message }) => message).join('\n'));
  return loaded.config;
}

/** What is not empty in the change that the edits of `files` make. */
async function changeOf(...edits: readonly (readonly [file: string, what: string, by: string])[]) {
  const old = await load();
  for (const edit of edits) site.edit(...edit);
  return said(diff(old, await load()));
}

function said({ buses, devices, alarms, described, restart }: Change): Record<string, unknown> {
  const parts = Object.entries({ buses, devices, alarms }).flatMap(([part, delta]) =>
    Object.entries(delta)
      .filter(([, names]) => (names as readonly string[]).length > 0)
      .map(([how, names]) => [`${part}.${how}`, names] as const),
  );
  return {
    ...Object.fromEntries(parts),
    ...(described.length > 0 && { described }),
    ...(restart.length > 0 && { restart }),
  };
}

describe('a change touches only what differs', () => {
  it('the same files, read twice, change nothing', async () => {
    const change = diff(await load(), await load());
    expect(said(change)).toEqual({});
    expect(isEmpty(change)).toBe(true);
  });

  it('comments, order of keys and layout change nothing', async () => {
    expect(
      await changeOf(
        ['site.yaml', '# A site', '# The site'],
        ['site.yaml', '    unit: 21\n    profile: tiny-meter\n', '    profile: "tiny-meter"\n    unit: 0x15\n'],
        ['profiles/tiny-meter.json', '"maker": "none",\n  "model": "meter",', '"model": "meter", "maker": "none",'],
      ),
    ).toEqual({});
  });

  it('a period of one device changes this device', async () => {
    expect(await changeOf(['site.yaml', '{ normal: 5000 }', '{ normal: 6000 }'])).toEqual({
      'devices.changed': ['pressure'],
    });
  });

  it('a period of the site changes the devices that go by it', async () => {
    expect(await changeOf(['site.yaml', 'broker:', 'poll: { normal: 9000 }\nbroker:'])).toEqual({
      'devices.changed': ['meter-1', 'meter-2', 'meter-3'],
    });
  });

  it('a period of a class that no point has changes nothing', async () => {
    expect(await changeOf(['site.yaml', 'broker:', 'poll: { fast: 900 }\nbroker:'])).toEqual({});
  });

  it('a profile changes the devices of that model', async () => {
    expect(
      await changeOf(['profiles/tiny-inputs.json', '"poll": "alarm", "channel": 1', '"poll": "fast", "channel": 1']),
    ).toEqual({
      'devices.changed': ['lift-io'],
    });
  });

  it('a bus setting changes the bus and the devices on it', async () => {
    expect(await changeOf(['site.yaml', 'baud: 2400', 'baud: 4800'])).toEqual({
      'buses.changed': ['meters'],
      'devices.changed': ['meter-1', 'meter-2', 'meter-3'],
    });
  });

  it('a device that moves to another bus is changed, and nothing else is', async () => {
    expect(await changeOf(['site.yaml', 'bus: pump-room', 'bus: lifts'])).toEqual({ 'devices.changed': ['pressure'] });
  });

  it('a bus under another name is another bus', async () => {
    expect(
      await changeOf(['site.yaml', 'id: pump-room', 'id: pumps'], ['site.yaml', 'bus: pump-room', 'bus: pumps']),
    ).toEqual({
      'buses.added': ['pumps'],
      'buses.removed': ['pump-room'],
      'devices.changed': ['pressure'],
    });
  });

  it('a row more and a row less are a device more and a device less', async () => {
    expect(await changeOf(['meters.csv', 'meter-3,', 'meter-4,'])).toEqual({
      'devices.added': ['meter-4'],
      'devices.removed': ['meter-3'],
    });
  });

  it('a name or a place is news for people only', async () => {
    expect(
      await changeOf(
        ['meters.csv', '二号表', '乙号表'],
        ['site.yaml', 'nameZh: 一号电梯', 'nameZh: 一号客梯'],
        ['site.yaml', 'type: modbus-tcp', 'type: modbus-tcp\n    nameZh: 电梯'],
      ),
    ).toEqual({ described: ['equipment', 'buses', 'devices'] });
  });

  it('how long rows are kept stops nothing', async () => {
    expect(await changeOf(['site.yaml', 'broker:', 'store: { readingsDays: 30 }\nbroker:'])).toEqual({
      described: ['store'],
    });
  });

  it.each([
    ['who may cut a supply', 'supply', '{ confirmMin: 5 }'],
    ['how bills are made', 'metering', '{ cutDay: 5 }'],
    ['who works here', 'people', '[{ id: wang, name: 王芳 }]'],
    ['what was not there', 'liftTests', '{ everyH: 12 }'],
  ])('%s is in force at once and stops nothing', async (_, key, value) => {
    expect(await changeOf(['site.yaml', 'broker:', `${key}: ${value}\nbroker:`])).toEqual({ described: [key] });
  });

  it('an alarm rule changes the alarms that come from it and no device', async () => {
    expect(await changeOf(['rules.yaml', 'onDelayMs: 10000', 'onDelayMs: 5000'])).toEqual({
      'alarms.changed': ['lift-1--lift-fault'],
    });
  });

  it('an input less is an alarm less', async () => {
    expect(await changeOf(['site.yaml', '      - { channel: 1, source: lift-1, alarm: lift.fault }\n', ''])).toEqual({
      'alarms.removed': ['lift-1--lift-fault'],
      described: ['devices'],
    });
  });

  it('switching a device off changes it and takes its alarms away', async () => {
    expect(await changeOf(['site.yaml', 'unit: 1\n', 'unit: 1\n    enabled: false\n'])).toEqual({
      'devices.changed': ['lift-io'],
      'alarms.removed': ['lift-1--lift-carAlarm', 'lift-1--lift-fault'],
    });
  });

  it('what waits for a restart is named', async () => {
    expect(
      await changeOf(
        ['site.yaml', 'port: 1883', 'port: 1884'],
        ['site.yaml', 'id: east-garden', 'id: west-garden'],
        ['site.yaml', 'equipment:', 'api: { port: 8081 }\nstore: { file: var/other.sqlite }\nequipment:'],
      ),
    ).toEqual({ restart: ['the site id', 'the store', 'the broker', 'the API'] });
  });

  it('another key of the monitoring station waits for a restart, as its other settings do', async () => {
    const station = 'monitoringStation: { account: "A1B2", receivers: [{ host: a, port: 1 }], keyFile: station.key }';
    site.write('station.key', '0a'.repeat(16));
    site.edit('site.yaml', 'broker:', `${station}\nbroker:`);
    const old = await site.load();
    expect(await changeOf(['station.key', '0a'.repeat(16), `${'0a'.repeat(16)}\n`])).toEqual({});
    expect(await changeOf(['station.key', '0a'.repeat(16), '0b'.repeat(16)])).toEqual({
      restart: ['the monitoring station'],
    });
    expect((await site.load()).read.fingerprint).not.toBe(old.read.fingerprint);
  });

  it('what waits for a restart is not in force before it, and everything else is', async () => {
    const started = await load();
    site.edit('site.yaml', 'port: 1883', 'port: 1884');
    site.edit('site.yaml', 'id: east-garden', 'id: west-garden, shifts: ["08:00"]');
    site.edit('site.yaml', 'equipment:', 'store: { file: var/other.sqlite, readingsDays: 7 }\nequipment:');
    const now = untilRestart(started, await load());
    expect(needRestart(started, now)).toEqual([]);
    expect(said(diff(started, now))).toEqual({ described: ['site', 'store'] });
  });
});

/** Every way to change one thing in `value`: where, and all of it with that changed. */
function* changesIn(value: unknown, path = ''): Generator<readonly [path: string, changed: unknown]> {
  if (typeof value === 'boolean') yield [path, !value];
  else if (typeof value === 'number') yield [path, value + 1];
  else if (typeof value === 'string') yield [path, `${value}x`];
  else if (Array.isArray(value)) {
    const items: readonly unknown[] = value;
    if (items.every((item) => typeof item === 'string')) yield [`${path}[]`, [...items, 'x']];
    for (const [index, item] of items.slice(0, 5).entries())
      for (const [where, changed] of changesIn(item, `${path}[${index}]`)) yield [where, items.with(index, changed)];
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, item] of Object.entries(value))
      for (const [where, changed] of changesIn(item, `${path}.${key}`)) yield [where, { ...value, [key]: changed }];
  }
}

it('no setting of the example site can be changed unnoticed', async () => {
  const loaded = await loadConfiguration('config/site.yaml', drivers);
  if (!loaded.ok) throw new Error('the example has mistakes');
  const { config } = loaded;
  // What is made of other files has tests of its own.
  const { profiles, registry, alarms, buses, devices, ...settings } = config;
  const unnoticed = [...changesIn({ ...settings, buses, devices })].filter(([, changed]) =>
    isEmpty(diff(config, { ...config, ...(changed as SiteConfig) })),
  );
  // No point of the example is of this class; of the tables of meters the content counts, not what they are called.
  expect(unnoticed.map(([path]) => path)).toEqual(['.poll.rare', '.meters[]']);
});
