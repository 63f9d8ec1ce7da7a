/** The small community: 13 lifts, three water zones, the mains, two barriers, fire alarms, a guarded flat, a few meters. */
import type { Contacts } from '../devices/contacts.ts';
import type { Meter } from '../devices/meter.ts';
import { createRandom } from '../random.ts';
import { createLoad, createWaterMeters } from './consumption.ts';
import { barriers, liftModules, meters, powerRoom, pumpRoom, security } from './equipment.ts';
import type { Community, FireContacts, LiftContacts, LinePlan, Plant } from './plan.ts';
import type { Process } from './process.ts';
import { createSupply, type Supply } from './supply.ts';

/** Channels 0, 2, 4 are the car alarms of a building's lifts in their order, the next one each the lift's fault. */
function liftsOf(building: number, count: number, contacts: Contacts): [string, LiftContacts][] {
  return Array.from({ length: count }, (_, i) => [
    `lift-${building}-${i + 1}`,
    { alarm: { contacts, channel: 2 * i }, fault: { contacts, channel: 2 * i + 1 } },
  ]);
}

/** Where an ADAM-6050 has its outputs. */
const FIRST_OUTPUT = 0x0010;

/** Contact and output 0 are of building 1, and so on. */
function firesOf({ fire }: Rooms['guarding']): [number, FireContacts][] {
  return [1, 2, 3, 4, 5].map((building) => [
    building,
    {
      alarm: { contacts: fire.contacts, channel: building - 1 },
      areDoorsReleased: () => fire.image.read('coil', FIRST_OUTPUT + building - 1, 1)[0] === 1,
    },
  ]);
}

function flatOf({ flat: { contacts } }: Rooms['guarding']): Plant['flat'] {
  const on = (channel: number) => ({ contacts, channel });
  return { door: on(0), hall: on(1), window: on(2), button: on(3), gas: on(4), cover: on(5), key: on(7) };
}

interface Rooms {
  readonly lifts: ReturnType<typeof liftModules>;
  readonly pumps: ReturnType<typeof pumpRoom>;
  readonly power: ReturnType<typeof powerRoom>;
  readonly gates: ReturnType<typeof barriers>;
  readonly guarding: ReturnType<typeof security>;
  readonly metering: ReturnType<typeof meters>;
}

function linesOf({ lifts, pumps, power, gates, guarding, metering }: Rooms): LinePlan[] {
  const drives = [pumps.low.drive, pumps.mid.drive, pumps.high.drive];
  const sensors = [pumps.low.sensor, pumps.mid.sensor, pumps.high.sensor];
  return [
    { id: 'lift-io-1', type: 'modbus-tcp', port: 15021, devices: [lifts.building1] },
    { id: 'lift-io-2', type: 'modbus-tcp', port: 15022, devices: [lifts.building2] },
    { id: 'lift-io-3', type: 'modbus-tcp', port: 15023, devices: [lifts.building3] },
    { id: 'lift-io-45', type: 'serial', devices: [lifts.building4, lifts.building5] },
    { id: 'pump-room', type: 'serial', devices: [...drives, ...sensors, pumps.io] },
    { id: 'power', type: 'tcp-serial', port: 15031, devices: [power.genset, power.main] },
    { id: 'genset-2', type: 'modbus-tcp', port: 15032, devices: [power.standby] },
    { id: 'barriers', type: 'serial', devices: [gates.main, gates.north] },
    { id: 'meters-1', type: 'serial', devices: [...metering.lobby, metering.shop, metering.water] },
    { id: 'meters-2', type: 'modbus-tcp', port: 15033, devices: [metering.garage] },
    { id: 'fire-io', type: 'modbus-tcp', port: 15034, devices: [guarding.fire] },
    { id: 'flats-3', type: 'tcp-serial', port: 15035, devices: [guarding.flat] },
  ];
}

function plantOf({ lifts, pumps, gates, guarding }: Rooms, supply: Supply): Plant {
  return {
    lifts: new Map([
      ...liftsOf(1, 3, lifts.building1.contacts),
      ...liftsOf(2, 3, lifts.building2.contacts),
      ...liftsOf(3, 3, lifts.building3.contacts),
      ...liftsOf(4, 2, lifts.building4.contacts),
      ...liftsOf(5, 2, lifts.building5.contacts),
    ]),
    supply,
    pumps,
    sumpHigh: { contacts: pumps.io.contacts, channel: 0 },
    barriers: gates,
    fires: new Map(firesOf(guarding)),
    flat: flatOf(guarding),
  };
}

/** `seed` decides every wobble. */
export function smallCommunity(seed: number): Community {
  const random = createRandom(seed);
  const rooms: Rooms = {
    lifts: liftModules(),
    pumps: pumpRoom(random),
    power: powerRoom(),
    gates: barriers(),
    guarding: security(),
    metering: meters(),
  };
  const { pumps, power, metering } = rooms;
  const supply = createSupply(power.genset, random);
  const load = (meter: Meter, meanW: number, importKWh: number, backedUp = true): Process =>
    createLoad({ meter, meanW, importKWh, supply, random, backedUp });
  return {
    lines: linesOf(rooms),
    plant: plantOf(rooms, supply),
    processes: [
      supply,
      pumps.low,
      pumps.mid,
      pumps.high,
      load(power.main, 42_000, 45_678.5, false),
      load(metering.shop, 3_300, 876.5),
      load(metering.garage, 13_500, 98_765.432),
      ...metering.lobby.map((meter, i) => load(meter, 350 + 90 * i, 1_234.5 + 100 * i)),
      createWaterMeters(metering.water.contacts, random),
    ],
  };
}
