/** A site for the metered homes of running simulators, as an installer and an office would have written it. Pure. */
import { stringify } from 'csv-stringify/sync';
import { stringify as yaml } from 'yaml';
import type { z } from 'zod';
import type { lineAnswer, metersAnswer } from './answers.ts';

type Line = z.infer<typeof lineAnswer>;
type SimulatedMeter = z.infer<typeof metersAnswer>['meters'][number];

export interface HomesSite {
  readonly lines: readonly Line[];
  readonly meters: readonly SimulatedMeter[];
  /** Folder of the profiles and the alarm rules, from where the site file stands. */
  readonly configFolder: string;
}

/** Their contents by name. */
export type SiteFiles = Readonly<Record<'site.yaml' | 'meters.csv' | 'homes.csv', string>>;

const PROFILES: Readonly<Record<string, string>> = {
  'dlt645-2007': 'dlt645-single-phase',
  'dlt645-1997': 'dlt645-1997-single-phase',
  'cjt188 coldWater': 'cjt188-cold-water',
  'cjt188 gas': 'cjt188-gas',
  'cjt188 hotWater': 'cjt188-hot-water',
  'cjt188 reclaimedWater': 'cjt188-reclaimed-water',
  'cjt188 heat': 'cjt188-heat-2004',
  'cjt188-2018 heat': 'cjt188-heat-2018',
  'mbus heat': 'mbus-heat',
  'mbus heat GJ': 'mbus-heat-gj',
  'mbus hotWater': 'mbus-hot-water',
};

export function homesSite({ lines, meters, configFolder }: HomesSite): SiteFiles {
  const protocols = new Map(meters.map(({ line, protocol }) => [line, protocol]));
  const buses = lines.flatMap((line) => busOf(line, protocols.get(line.id)) ?? []);
  const site = {
    site: { id: 'homes', nameZh: '抄表示例小区' },
    store: { file: 'store.sqlite' },
    metering: { estimates: true },
    profiles: [`${configFolder}/profiles`],
    alarmRules: `${configFolder}/alarms.yaml`,
    meters: ['meters.csv'],
    homes: 'homes.csv',
    buses,
  };
  const homes = [...new Set(meters.flatMap(({ home }) => home ?? []))];
  return {
    'site.yaml': yaml(site),
    'meters.csv': stringify(meters.map(meterRow), { header: true }),
    'homes.csv': stringify(homes.map(homeRow), { header: true }),
  };
}

/**
 * A meter answers within 500 ms (DL/T 645-2007, 5.3), some later, and 262 bytes of M-Bus are under way for more than a second;
 * 2,400 baud, even parity is what they are delivered with. Null for a line without meters.
 */
function busOf({ id, host, port }: Line, protocol: string | undefined) {
  if (protocol === undefined) return null;
  const replyTimeoutMs = protocol === 'mbus' ? 1_500 : 1_000;
  const timing = { baud: 2400, format: '8E1', turnaroundMs: 120, replyTimeoutMs };
  return { id, type: 'tcp-serial', host, port, ...timing };
}

function meterRow(meter: SimulatedMeter) {
  const { id, home, utility, unit, protocol, address, line, digits, decimals, initial, installedAt } = meter;
  const isGJ = unit === 'GJ';
  const profile = PROFILES[protocol] ?? PROFILES[`${protocol} ${utility}${isGJ ? ' GJ' : ''}`] ?? '';
  return {
    number: id,
    home: home ?? '',
    utility,
    unit: isGJ ? unit : '',
    bus: line,
    address,
    profile,
    digits,
    decimals,
    installedAt,
    initial,
  };
}

function homeRow(id: string) {
  const [building = '', unit = '', room = ''] = id.split('-');
  return { id, building, unit, room, extension: '' };
}
