/** One flat: a counting input module, a line with resistors at its end, a keyswitch, and a zone of each kind that arming is about. */
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { Profile } from '../../../drivers/contract.ts';
import { resolveAlarms } from '../../alarms/rules.ts';
import { alarmFileSchema } from '../../alarms/rule-file.ts';
import { siteSchema } from '../../config/schema.ts';
import type { SiteConfig } from '../../config/site-config.ts';
import { NO_REGISTRY } from '../../metering/registry/registry.ts';
import { duressAlarms } from '../duress-alarm.ts';

const CHANNELS = [0, 1, 2, 3, 4, 5];

const MODULE: Profile = {
  ...{ id: 'counting-inputs', driver: 'modbus', maker: 'none', model: 'six inputs', nameZh: '输入模块', commands: [] },
  points: CHANNELS.flatMap((channel) => [
    { key: `di${channel}`, nameZh: '输入', poll: 'alarm', channel, role: 'level' } as const,
    { key: `di${channel}Count`, nameZh: '计数', poll: 'alarm', channel, role: 'counter' } as const,
  ]),
};

const LINE: Profile = {
  ...{ id: 'analogue-inputs', driver: 'modbus', maker: 'none', model: 'one line', nameZh: '模拟输入', commands: [] },
  points: [{ key: 'ai0', nameZh: '回路', poll: 'alarm' }],
};

export const ENTRY_S = 30;
export const EXIT_S = 45;

/** By zone: the channel of the module that it is wired to. */
export const CHANNEL = { door: 0, hall: 1, window: 2, cellar: 3, button: 4 } as const;
export type ContactZone = keyof typeof CHANNEL;
export const KEY_CHANNEL = 5;

const contact = (id: ContactZone, kind: string, more: object = {}) => ({
  ...{ id, nameZh: id, kind, device: 'io', channel: CHANNEL[id] },
  ...more,
});

const SECURITY = {
  ...{ entryS: ENTRY_S, exitS: EXIT_S },
  keyswitch: { device: 'io', channel: KEY_CHANNEL },
  zones: [
    contact('door', 'delayed'),
    contact('hall', 'follower'),
    contact('window', 'instant'),
    contact('cellar', 'instant', { bypass: false }),
    contact('button', 'panic'),
    {
      ...{ id: 'glass', nameZh: '玻璃', kind: 'instant', device: 'line', point: 'ai0' },
      eol: { normal: 2.2, alarm: 4.4, tamper: 6.6, short: 0, open: 10, tolerance: 0.5 },
    },
  ],
};

const { types } = alarmFileSchema.parse(parse(readFileSync('config/alarms.yaml', 'utf8')));
/** The rules are about models that the flat does not have. */
const FILE = alarmFileSchema.parse({ types });

/** With the project's own alarm types. `security`: what differs; null: the flat has none. */
export function flatSite(security: object | null = {}): SiteConfig {
  const home = { id: 'flat', nameZh: '3号楼1201', kind: 'home' };
  const file = siteSchema.parse({
    site: { id: 'test', nameZh: '测试' },
    equipment: [security ? { ...home, security: { ...SECURITY, ...security } } : home],
    buses: [{ id: 'bus', type: 'modbus-tcp', host: '192.0.2.1' }],
    devices: [
      { id: 'io', bus: 'bus', unit: 1, profile: MODULE.id },
      { id: 'line', bus: 'bus', unit: 2, profile: LINE.id },
    ],
  });
  const profiles = new Map([MODULE, LINE].map((profile) => [profile.id, profile]));
  const { devices, equipment } = file;
  const homes = equipment.map((each, index) => ({ home: each, index }));
  const { definitions, mistakes } = resolveAlarms({ devices, equipment, profiles, file: FILE, homes });
  if (mistakes.length > 0) throw new Error(JSON.stringify(mistakes));
  return {
    ...file,
    ...{ profiles, registry: NO_REGISTRY, alarms: [...definitions, ...duressAlarms(equipment, FILE.types)] },
  };
}
