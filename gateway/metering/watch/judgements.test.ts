import { describe, expect, it } from 'vitest';
import type { Point } from '../../../drivers/contract.ts';
import { alarmFileSchema } from '../../alarms/rule-file.ts';
import { resolveAlarms } from '../../alarms/rules.ts';
import { deviceSchema } from '../../config/schema.ts';
import type { SiteConfig } from '../../config/site-config.ts';
import { judgedAlarms, judgedTypes } from './judgements.ts';

const type = {
  nameZh: '试验',
  nameEn: 'Trial',
  guidanceZh: '查看',
  priority: 4,
  onDelayMs: 0,
  offDelayMs: 60_000,
  latching: true,
};
const FILE = alarmFileSchema.parse({ types: { 'meter.tamper': type, 'meter.supplyOff': type } });
const POINTS: readonly Point[] = [
  { key: 'coverOpenCount', nameZh: '', poll: 'rare' },
  { key: 'valve', nameZh: '', poll: 'slow' },
  { key: 'meterClock', nameZh: '', poll: 'rare', obis: '0-0:1.0.0' },
];
const PROFILE = { id: 'p', driver: 'cjt188', maker: 'm', model: 'm', nameZh: '', commands: [], points: POINTS };

function siteWith(...devices: object[]): SiteConfig {
  return {
    devices: devices.map((device) => deviceSchema.parse({ bus: 'b', address: '1', profile: 'p', ...device })),
    profiles: new Map([['p', PROFILE]]),
    registry: { meters: new Map() },
  } as unknown as SiteConfig;
}

const alarmsOf = (site: SiteConfig) =>
  judgedAlarms(site, FILE).map(({ alarm, settings: { priority, offDelayMs } }) => [alarm, priority, offDelayMs]);

describe('what is judged of a meter', () => {
  it('raises the types that the site has', () => {
    expect(alarmsOf(siteWith({ id: 'm1' }))).toEqual([
      ['m1--meter-tamper--coverOpenCount', 4, 60_000],
      ['m1--meter-supplyOff--valve', 4, 60_000],
    ]);
  });

  it('may differ for a device, or be switched off there', () => {
    const alarms = { 'meter.tamper': { priority: 2, offDelayMs: 5 }, 'meter.supplyOff': { enabled: false } };
    expect(alarmsOf(siteWith({ id: 'm1', alarms }, { id: 'm2', enabled: false }))).toEqual([
      ['m1--meter-tamper--coverOpenCount', 2, 5],
    ]);
  });

  it('is no mistake where a device names it, and one where no meter is judged so', () => {
    const alarms = { 'meter.tamper': { priority: 2, above: 3 }, 'meter.clock': { priority: 2 } };
    const site = siteWith({ id: 'm1', alarms });
    const { mistakes } = resolveAlarms({ ...site, equipment: [], file: FILE, judged: judgedTypes(site) });
    expect(mistakes.map(({ path, message }) => [path.slice(3).join('.'), message])).toEqual([
      ['meter.tamper.above', '"meter.tamper" of m1 has no limit above which it is raised'],
      ['meter.clock', 'there is no alarm type "meter.clock"'],
    ]);
  });
});
