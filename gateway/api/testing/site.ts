/** A small community as its configuration says it: a lift's contacts, a pump that takes every kind of command, a spare. */
import type { Profile } from '../../../drivers/contract.ts';
import { alarmKey, type AlarmDefinition } from '../../alarms/types.ts';
import { siteSchema } from '../../config/schema.ts';
import type { SiteConfig } from '../../config/site-config.ts';
import { NO_REGISTRY } from '../../metering/registry/registry.ts';

const INPUTS: Profile = {
  id: 'inputs-2',
  driver: 'modbus',
  maker: 'none',
  model: 'Two inputs',
  nameZh: '输入模块',
  points: [
    { key: 'di0', nameZh: '输入0', poll: 'alarm', channel: 0, role: 'level' },
    { key: 'di1', nameZh: '输入1', poll: 'alarm', channel: 1, role: 'level' },
  ],
  commands: [],
};

const DRIVE: Profile = {
  id: 'drive',
  driver: 'modbus',
  maker: 'none',
  model: 'Drive',
  nameZh: '变频器',
  points: [
    { key: 'frequency', nameZh: '频率', poll: 'normal', unit: 'Hz' },
    { key: 'mode', nameZh: '模式', poll: 'slow', enum: { 0: '停止', 1: '运行' } },
    { key: 'startCommand', nameZh: '启动指令', poll: 'slow', access: 'w' },
  ],
  commands: [
    { action: 'start', nameZh: '启动' },
    { action: 'relay', nameZh: '继电器', value: { type: 'boolean' } },
    { action: 'frequency', nameZh: '频率', value: { type: 'number', min: 0, max: 50 } },
    { action: 'mode', nameZh: '模式', value: { type: 'enum', values: [0, 1] } },
    { action: 'cut', nameZh: '断供', supply: true },
  ],
};

const SETTINGS = { guidanceZh: '查看现场', onDelayMs: 0, offDelayMs: 0 } as const;

function contact(point: string, type: string, settings: AlarmDefinition['settings']): AlarmDefinition {
  return {
    alarm: alarmKey('lift-1', type, null),
    ...{ source: 'lift-1', device: 'lift-io', type, channel: null, settings },
    trigger: { kind: 'points', tests: [{ point, kind: 'in', values: [true] }], pulse: null },
  };
}

export const CAR_ALARM = 'lift-1--lift-carAlarm';
export const LIFT_FAULT = 'lift-1--lift-fault';

/** Read anew at each call: a test may change its own. */
export function createConfig(): SiteConfig {
  const file = siteSchema.parse({
    site: { id: 'east-garden', nameZh: '东苑' },
    api: { port: 0 },
    supply: { allow: ['pump'] },
    equipment: [
      {
        ...{ id: 'lift-1', nameZh: '一号电梯', kind: 'lift', location: '一栋' },
        ...{ cameraRef: 'NVR-1/3', contacts: ['维保 王师傅'] },
      },
    ],
    buses: [
      { id: 'lifts', type: 'modbus-tcp', host: '192.0.2.10' },
      { id: 'pump-room', type: 'serial', path: '/dev/ttyS1', nameZh: '泵房' },
      { id: 'meters', type: 'tcp-serial', host: '192.0.2.11', port: 4001 },
    ],
    devices: [
      {
        ...{ id: 'lift-io', bus: 'lifts', unit: 1, profile: 'inputs-2', location: '机房' },
        inputs: [{ channel: 0, source: 'lift-1', alarm: 'lift.carAlarm' }],
      },
      { id: 'pump', nameZh: '一号泵 <主>', bus: 'pump-room', unit: 2, profile: 'drive' },
      { id: 'spare', bus: 'pump-room', unit: 3, profile: 'drive', enabled: false },
    ],
  });
  return {
    ...file,
    profiles: new Map([INPUTS, DRIVE].map((profile) => [profile.id, profile])),
    registry: NO_REGISTRY,
    alarms: [
      contact('di0', 'lift.carAlarm', {
        ...SETTINGS,
        ...{ nameZh: '轿厢报警', nameEn: 'Car alarm', priority: 1, latching: true, duringMaintenance: true },
      }),
      contact('di1', 'lift.fault', {
        ...SETTINGS,
        ...{ nameZh: '电梯故障', nameEn: 'Lift fault', priority: 3, latching: false },
      }),
    ],
  };
}
