/** One run names every mistake: one in an entry's own keys hides none of those that need the whole configuration. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SiteCopy } from './testing/site-copy.ts';

let site: SiteCopy;
beforeEach(() => {
  site = new SiteCopy();
});
afterEach(() => site.remove());

/** What is said, without the hints, by line. */
async function said(): Promise<string[]> {
  return (await site.complaints()).map((line) => line.replace(/ \(.*$/, '').replace(/:\d+: error:/, ':'));
}

describe('a device with a mistake of its own', () => {
  it.each(['enabled: yes', 'nameZh: 7', 'replyTimeoutMs: 1'])('%s', async (mistake) => {
    const device = `  - { id: lift-io, ${mistake}, bus: nobus, unit: 21, profile: nosuch, equipment: none }`;
    site.edit('site.yaml', 'deviceFiles:', `${device}\ndeviceFiles:`);
    const complaints = await said();
    expect(complaints).toHaveLength(5);
    expect(complaints).toEqual(
      expect.arrayContaining([
        'site.yaml:39: there is no bus "nobus"',
        'site.yaml:39: there is no equipment "none"',
        'site.yaml:39: there is no profile "nosuch"',
        'site.yaml:39: two of the devices have the id "lift-io"',
      ]),
    );
  });

  it('a bad unit hides neither an unknown profile nor an id that stands twice, and is said once', async () => {
    site.edit(
      'site.yaml',
      'deviceFiles:',
      '  - { id: lift-io, bus: meters, unit: 300, profile: nosuch }\ndeviceFiles:',
    );
    expect(await said()).toEqual([
      'site.yaml:39: two of the devices have the id "lift-io"',
      'site.yaml:39: "unit" must be at most 255, not 300',
      'site.yaml:39: there is no profile "nosuch"',
    ]);
  });

  it('does not hide by an unknown key what else is wrong with it', async () => {
    site.edit('site.yaml', 'unit: 21', 'unti: 21\n    equipment: nosuch');
    expect(await said()).toEqual([
      'site.yaml:33: "unit" is missing',
      'site.yaml:35: unknown key "unti"',
      'site.yaml:36: there is no equipment "nosuch"',
    ]);
  });

  it('does not hide an address that is taken', async () => {
    site.edit(
      'site.yaml',
      'deviceFiles:',
      '  - { id: x, nameZh: 7, bus: lifts, unit: 1, profile: tiny-meter }\ndeviceFiles:',
    );
    expect((await said())[1]).toBe('site.yaml:39: unit 1 of bus "lifts" is "lift-io" already');
  });

  it('does not hide an unknown alarm type, of its inputs or of its limits', async () => {
    site.edit(
      'site.yaml',
      'unit: 1\n',
      'unit: 1.5\n    alarms: { nosuch: { priority: 2 }, lift.fault: { priority: 9 } }\n',
    );
    site.edit('site.yaml', 'alarm: lift.carAlarm', 'alarm: lift.carAlrm');
    expect(await said()).toEqual([
      'site.yaml:28: "unit" must be a whole number, not 1.5',
      'site.yaml:29: there is no alarm type "nosuch"',
      'site.yaml:29: "priority" must be at most 4, not 9',
      'site.yaml:32: there is no alarm type "lift.carAlrm"',
    ]);
  });

  it('is not told that it lacks what could not be read', async () => {
    site.edit(
      'site.yaml',
      '{ channel: 1, source: lift-1, alarm: lift.fault }',
      '{ channel: one, source: 1, alarm: lift.fault }',
    );
    site.edit('site.yaml', 'unit: 1\n', 'unit: 1\n    alarms: { lift.fault: { priority: 2 } }\n');
    expect(await said()).toEqual([
      'site.yaml:33: "channel" must be a number, not "one"',
      'site.yaml:33: "source" must be text, not 1',
    ]);
  });

  it('is not told of an address that another has, where it seems to be switched off', async () => {
    site.edit(
      'site.yaml',
      'deviceFiles:',
      '  - { id: x, enabled: off, bus: lifts, unit: 1, profile: tiny-meter }\ndeviceFiles:',
    );
    expect(await said()).toEqual(['site.yaml:39: "enabled" must be true or false, not "off"']);
  });
});

describe('a bus with a mistake of its own', () => {
  it('does not hide that its port has an owner', async () => {
    site.edit(
      'site.yaml',
      '    type: modbus-tcp\n    host: 192.0.2.10',
      '    type: serial\n    path: /dev/ttyS1\n    baud: 9601',
    );
    expect((await said())[1]).toBe('site.yaml:17: bus "pump-room" is on /dev/ttyS1, which bus "lifts" owns already');
  });

  it('does not hide that its host and port have an owner', async () => {
    site.edit('site.yaml', '192.0.2.11\n    port: 4001', '192.0.2.10\n    port: 502\n    retries: 9');
    expect((await said())[0]).toBe('site.yaml:21: bus "meters" is on 192.0.2.10:502, which bus "lifts" owns already');
  });

  it('of an unknown type is checked for what every bus may have', async () => {
    site.edit('site.yaml', 'type: modbus-tcp', 'type: modbustcp\n    retries: 9');
    expect((await said())[1]).toBe('site.yaml:13: "retries" must be at most 5, not 9');
  });

  it('is not told of rates that could not be read', async () => {
    site.edit('site.yaml', 'baud: 9600', 'baud: 301\n    interByteTimeoutMs: 5');
    expect(await said()).toEqual([expect.stringContaining('"baud" must be one of') as string]);
  });
});

describe('other parts with mistakes of their own', () => {
  it('equipment of a wrong kind does not hide that its id stands twice', async () => {
    site.edit('site.yaml', 'buses:', '  - { id: lift-1, nameZh: x, kind: lft }\nbuses:');
    expect(await said()).toEqual([
      'site.yaml:10: two of the equipment have the id "lift-1"',
      expect.stringContaining('"kind" must be one of') as string,
    ]);
  });

  it('broker and API do not hide that they want one port', async () => {
    site.edit('site.yaml', '  port: 1883', '  port: 8888\n  ack: maybe\napi: { port: 8888, host: 0.0.0.0 }');
    expect(await said()).toContain('site.yaml:7: the API and the broker both want port 8888');
  });

  it('a list that is none makes nothing unknown', async () => {
    site.edit('site.yaml', '  - { id: lift-1, nameZh: 一号电梯, kind: lift }', '  lift-1');
    expect(await said()).toEqual(['site.yaml:7: "equipment" must be a list, not "lift-1"']);
  });

  it('no bus at all hides no mistake of a device', async () => {
    const text = site.read('site.yaml');
    const buses = text.slice(text.indexOf('buses:'), text.indexOf('devices:'));
    site.edit('site.yaml', buses, 'buses: []\n');
    site.edit('site.yaml', 'profile: tiny-inputs', 'profile: tiny-input');
    expect(await said()).toEqual([
      'site.yaml:10: "buses" must have at least 1 entry, not a list',
      'site.yaml:15: there is no profile "tiny-input"',
    ]);
  });
});

describe('a row of a device list with a mistake of its own', () => {
  it('hides neither an id that stands twice nor an unknown bus, and each is said with its cell', async () => {
    site.edit('meters.csv', 'meter-2,二号表,meters,2', 'meter-1,二号表,metres,two');
    expect(await site.complaints()).toEqual([
      'meters.csv:3:1: error: two of the devices have the id "meter-1" (give one another id)',
      'meters.csv:3:13: error: there is no bus "metres" (did you mean "meters"?)',
      'meters.csv:3:20: error: "unit" must be a number, not "two"',
    ]);
  });

  it('is told of beside an unknown column', async () => {
    site.edit('meters.csv', 'location,', 'colour,');
    site.edit('meters.csv', 'meter-2,二号表,meters,2', 'meter-2,二号表,metres,2');
    expect((await said())[1]).toBe('meters.csv:3: there is no bus "metres"');
  });

  it('in GBK is read, and that is said once', async () => {
    const gbk = Buffer.concat([
      Buffer.from('id,nameZh,bus,unit,profile\nm,'),
      Buffer.from([0xb6, 0xab]),
      Buffer.from(',meters,1,nosuch\n'),
    ]);
    site.write('meters.csv', gbk);
    expect(await site.complaints()).toEqual([
      expect.stringMatching(/^meters\.csv:2:1: warning: the text is not UTF-8; read as GBK/) as string,
      expect.stringMatching(/^meters\.csv:2:14: error: there is no profile "nosuch"/) as string,
    ]);
  });
});

describe('two devices with one id', () => {
  it('are said where the id stands, and not where their alarms meet', async () => {
    const rule = '  devices: [{ type: lift.fault, state: offline }]';
    site.write('rules.yaml', site.read('rules.yaml').replace(/^rules:.*$/ms, `rules:\n  points: []\n${rule}\n`));
    site.edit('site.yaml', 'id: pressure', 'id: lift-io');
    expect(await said()).toEqual(['site.yaml:33: two of the devices have the id "lift-io"']);
  });
});
