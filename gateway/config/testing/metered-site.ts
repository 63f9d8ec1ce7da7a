/** A site with meters of every kind in a folder of its own, to be broken by a test. */
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Driver } from '../../../drivers/contract.ts';
import { mbus } from '../../../drivers/mbus/driver.ts';
import { modbus } from '../../../drivers/modbus/driver.ts';
import { loadConfiguration, type Loaded } from '../load.ts';
import { formatMistake } from '../mistakes/mistake.ts';
import { plateDriver } from './plate-driver.ts';

const CONFIG = join(import.meta.dirname, '../../../config');
const PROFILES = ['eastron-sdm120', 'eastron-sdm630', 'wb-mcm8'];
export const METERED_DRIVERS: readonly Driver[] = [mbus, modbus, plateDriver];

const SITE = `site: { id: east-garden, nameZh: 东苑 }
buses:
  - { id: east, type: tcp-serial, host: 192.0.2.11, port: 4001 }
  - { id: west, type: serial, path: /dev/ttyS1 }
devices:
  - { id: pulses-1, bus: west, unit: 9, profile: wb-mcm8 }
  - { id: three-phase, bus: west, unit: 10, profile: eastron-sdm630 }
meters: [billed.csv]
homes: homes.csv
alarmRules: rules.yaml
`;

export const GOOD_METERS = `number,home,utility,bus,address,profile,device,point,pulseWeight,multiplier,digits,decimals,installedAt,initial,removedAt,final,replaces,maxPerHour,location,serial.baud,serial.format
E-1201,3-1-1201,electricity,east,1,eastron-sdm120,,,,,,,2024-05-01,0,,,,,,,
E-1202,3-1-1202,电,east,2,eastron-sdm120,,,,,,,2024/5/1 8:00,12.5,2026-03-10 09:30,4711.25,,,,,
E-1202-B,3-1-1202,electricity,east,2,eastron-sdm120,,,,,,,2026-03-10 10:15,0.00,,,E-1202,,,,
W-1201,3-1-1201,冷水,,,,pulses-1,di0Count,0.01,,5,,2024-05-01,3.21,,,,3,管井,,
W-1202,3-1-1202,coldWater,,,,pulses-1,di1Count,0.001,1,5,3,2024年5月1日,0,,,,,"管井, 左",,
G-1201,3-1-1201,燃气,,,,,,,,5,3,2024.05.01,100.125,,,,,厨房,,
PUMP,,electricity,,,,three-phase,importEnergy,,40,,,2024-05-01 00:00:00,0,,,,,水泵房,,
000000000042,3-1-1202,hotWater,west,000000000042,plate-meter,,,,,,,2025-01-01,00012.3,,,,,,2400,8E1
`;

export const GOOD_HOMES = `id,building,unit,room,extension
3-1-1201,3号楼,1单元,1201,8001
3-1-1202,3号楼,1单元,1202,
`;

const PLATE_METER = {
  ...{ id: 'plate-meter', driver: 'plate', maker: 'none', model: 'water meter', nameZh: '水表' },
  points: [
    { key: 'volume', nameZh: '累计流量', unit: 'm3', obis: '8-0:1.0.0', poll: 'slow' },
    { key: 'flow', nameZh: '流量', poll: 'normal' },
  ],
};

const PLATE_HEAT = {
  ...{ id: 'plate-heat', driver: 'plate', maker: 'none', model: 'heat meter', nameZh: '热量表' },
  points: [{ key: 'energy', nameZh: '热量', unit: 'GJ', obis: '6-0:1.0.0', poll: 'slow' }],
};

export class MeteredSite {
  readonly folder = mkdtempSync(join(tmpdir(), 'gatehouse-meters-'));
  readonly siteFile = join(this.folder, 'site.yaml');

  constructor() {
    mkdirSync(join(this.folder, 'profiles'));
    for (const name of PROFILES) this.addProfile(name);
    this.write('profiles/plate-meter.json', JSON.stringify(PLATE_METER));
    this.write('profiles/plate-heat.json', JSON.stringify(PLATE_HEAT));
    cpSync(join(import.meta.dirname, '../testdata/good/rules.yaml'), join(this.folder, 'rules.yaml'));
    this.write('site.yaml', SITE);
    this.write('billed.csv', GOOD_METERS);
    this.write('homes.csv', GOOD_HOMES);
  }

  write(name: string, content: string | Uint8Array): void {
    writeFileSync(join(this.folder, name), content);
  }

  /** One of those that ship. */
  addProfile(name: string): void {
    cpSync(join(CONFIG, 'profiles', `${name}.json`), join(this.folder, 'profiles', `${name}.json`));
  }

  /** Replaces the one place where `what` stands in `name`. */
  edit(name: string, what: string, by: string): void {
    const text = readFileSync(join(this.folder, name), 'utf8');
    if (text.split(what).length !== 2) throw new Error(`${JSON.stringify(what)} does not stand once in ${name}`);
    const edited = text.replace(what, () => by);
    this.write(name, edited);
  }

  load(drivers = METERED_DRIVERS, now: number | null = null): Promise<Loaded> {
    return loadConfiguration(this.siteFile, drivers, now);
  }

  /** What a load complains about, one line each, with names relative to the folder. */
  async complaints(now: number | null = null): Promise<string[]> {
    const loaded = await this.load(METERED_DRIVERS, now);
    const mistakes = loaded.ok ? loaded.warnings : loaded.mistakes;
    return mistakes.map((mistake) => formatMistake(mistake).replaceAll(`${this.folder}/`, ''));
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
