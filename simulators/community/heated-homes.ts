/**
 * The meters that some homes have besides: heat and hot water, by M-Bus in every second one of them and by CJ/T 188 in the
 * others, and reclaimed water by CJ/T 188. Of the M-Bus heat meters every third counts in GJ; two meters of the first home have
 * the same number, of different makers, as can happen.
 */
import { heatMeter as cjt188Heat, hotWaterMeter, reclaimedWaterMeter } from '../cjt188/meters.ts';
import { heatMeter as mbusHeat } from '../mbus/heat-meter.ts';
import { waterMeter } from '../mbus/water-meter.ts';
import { nothing, scaled } from '../metering/drawn.ts';
import { createHeating } from '../metering/heating.ts';
import { createHousehold } from '../metering/household.ts';
import { localText } from '../metering/local-time.ts';
import { dialText } from '../metering/register.ts';
import { createRandom, integerBetween, seedFor, type Random } from '../random.ts';
import type { HomeOptions, InstalledMeter } from './home-meters.ts';
import type { HeatingUtility } from './plan.ts';

export interface HeatedHome {
  readonly onMbus: readonly InstalledMeter[];
  readonly onCjt188: readonly InstalledMeter[];
}

interface Building extends HomeOptions {
  readonly random: Random;
  /** Of those homes that have the same kind of meters, from 0 on. */
  readonly nth: number;
}

/** Lavatories, a third of what a home draws. */
const RECLAIMED_SHARE = 0.33;
const MBUS_BASE = 61_000_000;
/** A second series of the same maker. */
const WATER_SERIES = 10_000;

export function installHeating(options: HomeOptions): HeatedHome {
  const { seed, index, home } = options;
  const random = createRandom(seedFor(seed, `heating of ${home}`));
  const building = { ...options, random, nth: Math.floor(index / 2) };
  const reclaimed = reclaimedWater(building);
  if (index % 2 === 1) return { onMbus: [], onCjt188: [...heatingByCjt188(building), reclaimed] };
  return { onMbus: heatingByMbus(building), onCjt188: [reclaimed] };
}

function drawnBy({ seed, home, since }: Building) {
  const { isEmpty, coldWater } = createHousehold(seedFor(seed, home), since);
  const heating = createHeating(seedFor(seed, home), since);
  return { ...heating, hotWater: isEmpty ? nothing : heating.hotWater, reclaimed: scaled(coldWater, RECLAIMED_SHARE) };
}

function heatingByMbus(building: Building): InstalledMeter[] {
  const { home, time, random, nth } = building;
  const { heat, heatingWater, hotWater } = drawnBy(building);
  const step = nth % 3 === 1 ? '0.01 GJ' : '1 kWh';
  const decimals = step === '0.01 GJ' ? 2 : 0;
  const number = String(MBUS_BASE + nth);
  const waterNumber = nth === 0 ? number : String(MBUS_BASE + WATER_SERIES + nth);
  // SPX is Sensus, ZRI Zenner, HYD Hydrometer.
  const address = { heat: `${number}-SPX-31-04`, water: `${waterNumber}-HYD-29-06` };
  const [heatInitial, waterInitial] = [integerBetween(random, 0, 30_000), integerBetween(random, 0, 400_000)];
  const heatId = `h-${home}`;
  const waterId = `hw-${home}`;
  return [
    {
      device: mbusHeat({
        ...{ id: heatId, time, address: { id: number }, initial: heatInitial, heat, heatingWater, step },
        ...(step === '0.01 GJ' && { model: { manufacturer: 'ZRI', version: 2 } }),
      }),
      listed: {
        ...listedAs(building, heatId, 'heat', 'mbus'),
        address: nth === 0 ? address.heat : number,
        ...{ unit: step === '0.01 GJ' ? 'GJ' : 'kWh', digits: 8 - decimals, decimals },
        initial: dialText(heatInitial, decimals, decimals),
      },
      faults: null,
    },
    {
      device: waterMeter({
        ...{ id: waterId, time, address: { id: waterNumber }, initial: waterInitial, drawn: hotWater },
        ...{ kind: 'warmWater', due: { each: 'month' } },
      }),
      listed: {
        ...listedAs(building, waterId, 'hotWater', 'mbus'),
        address: nth === 0 ? address.water : waterNumber,
        ...{ unit: 'm3', digits: 5, decimals: 3 },
        initial: dialText(waterInitial, 3, 3),
      },
      faults: null,
    },
  ];
}

/** Every second one is of the newer edition, whose heat meters answer in a layout of their own. */
function heatingByCjt188(building: Building): InstalledMeter[] {
  const { home, time, since, random, nth } = building;
  const { heat, heatingWater, hotWater } = drawnBy(building);
  const is2018 = nth % 2 === 1;
  const initial = integerBetween(random, 0, 3_000_000);
  const made = { id: `h-${home}`, address: cjt188Address(0x20, building), time, initial };
  const device = cjt188Heat({
    ...{ ...made, heat, heatingWater, worksSince: since },
    ...(is2018 && { layout: '2018', model: { edition: '2018' } }),
  });
  const listed = listedAs(building, made.id, 'heat', is2018 ? 'cjt188-2018' : 'cjt188');
  return [
    { device, listed: { ...listed, ...inHundredths('kWh', initial), address: made.address }, faults: null },
    waterByCjt188(building, { make: hotWaterMeter, type: 0x11, utility: 'hotWater', drawn: hotWater }),
  ];
}

function reclaimedWater(building: Building): InstalledMeter {
  const { reclaimed: drawn } = drawnBy(building);
  return waterByCjt188(building, { make: reclaimedWaterMeter, type: 0x13, utility: 'reclaimedWater', drawn });
}

interface WaterWanted {
  readonly make: typeof hotWaterMeter;
  readonly type: number;
  readonly utility: 'hotWater' | 'reclaimedWater';
  readonly drawn: Parameters<typeof hotWaterMeter>[0]['drawn'];
}

function waterByCjt188(building: Building, { make, type, utility, drawn }: WaterWanted): InstalledMeter {
  const initial = integerBetween(building.random, 0, 60_000);
  const id = `${utility === 'hotWater' ? 'hw' : 'rw'}-${building.home}`;
  const address = cjt188Address(type, building);
  const listed = { ...listedAs(building, id, utility, 'cjt188'), ...inHundredths('m3', initial), address };
  return { device: make({ id, address, time: building.time, drawn, initial }), listed, faults: null };
}

/** The maker's code, a year, and one number after the other. */
function cjt188Address(type: number, { index }: Building): string {
  return `78332${type.toString(16)}${String(index + 1).padStart(7, '0')}`;
}

function inHundredths(unit: 'kWh' | 'm3', initial: number) {
  return { unit, digits: 6, decimals: 2, initial: dialText(initial, 2, 2) } as const;
}

function listedAs({ home, since }: Building, id: string, utility: HeatingUtility, protocol: string) {
  return { id, home, utility, protocol, installedAt: localText(since), trouble: null } as const;
}
