/** `config/alarms.yaml` as it is shipped, against the shipped profiles. */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { Profile } from '../../drivers/contract.ts';
import { drivers } from '../../drivers/index.ts';
import { deviceSchema } from '../config/schema.ts';
import { alarmFileSchema } from './rule-file.ts';
import { resolveAlarms } from './rules.ts';

const config = new URL('../../config/', import.meta.url);
const read = (path: string): string => readFileSync(new URL(path, config), 'utf8');
const file = alarmFileSchema.parse(parse(read('alarms.yaml')));
const profiles = new Map(
  readdirSync(new URL('profiles/', config))
    .filter((name) => name.endsWith('.json'))
    .map((name) => {
      const raw = JSON.parse(read(`profiles/${name}`)) as Profile;
      const parsed = drivers.find((driver) => driver.name === raw.driver)?.parseProfile(raw);
      if (!parsed?.ok) throw new Error(`${name} is refused`);
      return [parsed.profile.id, parsed.profile];
    }),
);

const resolve = (...devices: object[]) => {
  const whole = devices.map((device) => deviceSchema.parse({ bus: 'b', unit: 1, ...device }));
  const equipment = [{ id: 'generator' }, { id: 'power-main' }, { id: 'pump-mid' }];
  return resolveAlarms({ devices: whole, equipment, profiles, file });
};
const alarms = (...devices: object[]) => resolve(...devices).definitions.map(({ alarm }) => alarm);

describe('the types', () => {
  // docs/alarms.md: priority, on-delay and off-delay in seconds, latching, escalation in seconds, SIA, Contact ID.
  it.each([
    ['lift.carAlarm', '轿厢报警', 1, 1, 0, true, [30, 180], 'QA', 101],
    ['fire.alarm', '火警', 1, 0, 10, true, [15, 60], 'FA', 110],
    ['home.sos', '紧急求助', 1, 0, 0, true, [15, 45], 'PA', 120],
    ['home.duress', '挟持报警', 1, 0, 0, true, [15, 45], 'HA', 121],
    ['home.gas', '燃气泄漏', 1, 0, 10, true, [15, 60], 'GA', 151],
    ['home.intrusion', '入侵', 2, 0, 5, true, [30, 120], 'BA', 130],
    ['fire.fault', '消防故障', 2, 3, 10, false, [60, 300], 'FT', 373],
    ['fire.releaseFailed', '消防释放未确认', 2, 0, 0, false, [30, 120], 'FT', 373],
    ['plant.flood', '集水井高水位', 2, 3, 30, false, [60, 300], 'WA', 154],
    ['power.loss', '停电', 2, 3, 10, false, [60, 300], 'AT', 301],
    ['generator.failStart', '发电机启动失败', 2, 0, 5, true, [60, 300], 'IA', undefined],
    ['generator.fault', '发电机故障', 2, 3, 10, false, [60, 300], 'IA', undefined],
    ['generator.notAuto', '发电机不在自动状态', 3, 60, 10, false, [300, 1800], undefined, undefined],
    ['barrier.forced', '道闸被强行抬起', 2, 0, 5, true, [60, 300], 'BA', 130],
    ['input.tamper', '防拆', 2, 1, 5, true, [120, 600], 'TA', 137],
    ['input.lineFault', '线路故障', 2, 1, 5, true, [120, 600], 'TA', 144],
    ['pump.pressureHigh', '水压过高', 2, 10, 30, false, [120, 600], undefined, undefined],
    ['pump.pressureLow', '水压过低', 2, 10, 30, false, [120, 600], undefined, undefined],
    ['lift.test', '电梯报警通路测试', 4, 0, 0, false, undefined, undefined, undefined],
    ['lift.testMissing', '电梯报警久未测试', 3, 0, 0, false, [1800], undefined, undefined],
    ['lift.fault', '电梯故障', 3, 10, 30, false, [300, 1800], 'IA', undefined],
    ['pump.fault', '水泵故障', 3, 5, 10, false, [300, 1800], 'IA', undefined],
    ['barrier.blocked', '道闸受阻', 3, 60, 5, false, [300], undefined, undefined],
    ['parking.tailgate', '尾随', 3, 0, 0, false, [300], undefined, undefined],
    ['intercom.passwordAbuse', '密码查询异常', 2, 0, 0, true, [120, 600], undefined, undefined],
    ['device.offline', '设备离线', 3, 90, 30, false, [300], 'YC', 350],
    ['station.pathDown', '接警中心通路中断', 2, 30, 10, false, [120, 600], 'YC', 350],
    ['meter.tamper', '表计异常', 4, 0, 60, true, undefined, 'TA', undefined],
    ['meter.supplyOff', '住户断供', 3, 0, 0, false, [300, 1800], undefined, undefined],
    ['meter.valve', '表计阀门异常', 4, 0, 0, false, undefined, undefined, undefined],
    ['meter.battery', '表计电池欠压', 4, 0, 0, false, undefined, undefined, undefined],
    ['meter.clock', '表计时钟超差', 4, 0, 0, false, undefined, undefined, undefined],
    ['meter.fault', '表计故障', 4, 0, 0, false, undefined, undefined, undefined],
  ] as const)('%s %s', (type, nameZh, priority, onS, offS, latching, escalationS, sia, contactId) => {
    const delays = { onDelayMs: 1000 * onS, offDelayMs: 1000 * offS };
    expect(file.types[type]).toMatchObject({ nameZh, priority, ...delays, latching });
    expect(file.types[type]).toMatchObject({ ...(escalationS && { escalationS }), ...(sia && { sia }) });
    expect(file.types[type]?.contactId).toBe(contactId);
  });

  it('that are of priority 1 do not miss a pulse', () => {
    for (const type of Object.values(file.types)) expect(type.priority > 1 || type.pulses).toBe(true);
  });
});

describe('the rules', () => {
  it('fit the shipped profiles', () => {
    expect(resolve().mistakes).toEqual([]);
  });

  it.each(['moxa-iologik-e1210', 'advantech-adam-6050', 'wb-mcm8'])('know the counters of %s', (profile) => {
    const inputs = [
      { channel: 0, source: 'lift-3-2', alarm: 'lift.carAlarm' },
      { channel: 1, source: 'lift-3-2', alarm: 'lift.fault' },
    ];
    const { definitions, mistakes } = resolve({ id: 'io', profile, inputs });
    expect(mistakes).toEqual([]);
    expect(definitions.map(({ alarm }) => alarm)).toEqual([
      'lift-3-2--lift-carAlarm',
      'lift-3-2--lift-fault',
      'io--device-offline',
    ]);
    expect(definitions[0]?.trigger).toMatchObject({ pulse: { counting: ['di0Count'], countsAt: 'onset' } });
    expect(definitions[1]?.trigger).toMatchObject({ pulse: null });
  });

  it('watch a pump by its drive, its relay and its pressure', () => {
    const inputs = [{ channel: 2, source: 'pump-mid', alarm: 'pump.fault' }];
    const limits = { 'pump.pressureLow': { below: 0.6 }, 'pump.pressureHigh': { above: 1.1 } };
    expect(
      alarms(
        { id: 'drive-mid', profile: 'invt-goodrive', equipment: 'pump-mid' },
        { id: 'pressure-mid', profile: 'pressure-transmitter', equipment: 'pump-mid', alarms: limits },
        { id: 'pump-io', profile: 'waveshare-io-8ch', inputs },
        { id: 'pressure-other', profile: 'pressure-transmitter' },
      ).filter((alarm) => alarm.startsWith('pump-mid--pump')),
    ).toEqual([
      'pump-mid--pump-fault--drive',
      'pump-mid--pump-pressureHigh',
      'pump-mid--pump-pressureLow',
      'pump-mid--pump-fault',
    ]);
  });

  it('watch the mains and the generators', () => {
    const limits = { 'power.loss': { below: 154 } };
    expect(
      alarms(
        { id: 'meter-main', profile: 'eastron-sdm630', equipment: 'power-main', alarms: limits },
        { id: 'meter-shop', profile: 'eastron-sdm630' },
        { id: 'genset', profile: 'smartgen-hgm4000n', equipment: 'generator' },
        { id: 'standby', profile: 'deepsea-gencomm' },
      ).filter((alarm) => !alarm.includes('offline')),
    ).toEqual([
      'power-main--power-loss',
      'generator--power-loss--mains',
      'generator--generator-failStart',
      'generator--generator-notAuto',
      'generator--generator-fault',
      'generator--generator-fault--warning',
      'standby--generator-failStart',
      'standby--generator-notAuto',
      'standby--generator-fault',
      'standby--generator-fault--warning',
    ]);
  });

  it('hear every meter that asks for a battery, is stuck or says that it is broken', () => {
    const said: Readonly<Record<string, string>> = {
      ...{ batteryLow: 'meter.battery', readingBatteryLow: 'meter.battery', powerLow: 'meter.battery' },
      ...{ valve: 'meter.valve', permanentFault: 'meter.fault', meterAlarm: 'meter.fault' },
    };
    for (const { id, points } of profiles.values()) {
      const { definitions } = resolve({ id: 'm', profile: id });
      const heard = new Map(
        definitions.flatMap(({ type, trigger }) =>
          trigger.kind === 'points' ? trigger.tests.map(({ point }) => [`${id} ${point}`, type] as const) : [],
        ),
      );
      for (const { key } of points) if (said[key]) expect(heard.get(`${id} ${key}`)).toBe(said[key]);
    }
  });

  it('make the silence of a device that carries alarms graver than that of another', () => {
    const { definitions } = resolve(
      { id: 'gate', profile: 'gate-controller' },
      { id: 'meter', profile: 'eastron-sdm120' },
    );
    const [grave, mild] = definitions.filter(({ type }) => type === 'device.offline');
    expect(grave).toMatchObject({ device: 'gate', settings: { priority: 3, onDelayMs: 90_000, sia: 'YC' } });
    expect(mild).toMatchObject({ device: 'meter', settings: { priority: 4, onDelayMs: 180_000, sia: null } });
  });
});
