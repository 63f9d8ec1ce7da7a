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
};

export function homesSite({ lines, meters, configFolder }: HomesSite): SiteFiles {
  const used = new Set(meters.map(({ line }) => line));
  const buses = lines.filter(({ id }) => used.has(id)).map(busOf);
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

/** A meter answers within 500 ms (DL/T 645-2007, 5.3), some later; 2,400 baud, even parity is what they are delivered with. */
function busOf({ id, host, port }: Line) {
  const timing = { baud: 2400, format: '8E1', turnaroundMs: 120, replyTimeoutMs: 1_000 };
  return { id, type: 'tcp-serial', host, port, ...timing };
}

function meterRow({ id, home, utility, protocol, address, line, initial, installedAt }: SimulatedMeter) {
  const profile = PROFILES[protocol] ?? PROFILES[`${protocol} ${utility}`] ?? '';
  return {
    number: id,
    home: home ?? '',
    utility,
    bus: line,
    address,
    profile,
    digits: 6,
    decimals: 2,
    installedAt,
    initial,
  };
}

function homeRow(id: string) {
  const [building = '', unit = '', room = ''] = id.split('-');
  return { id, building, unit, room, extension: '' };
}
