/**
 * Event counts and records, DI3 03 and 10 to 1F. DL/T 645-2007, table A.4, as transcribed at toolkit.eoiot.cn (appendix A.4)
 * and in the GitHub source index, file ids 69667332345 and 52818683099; DI3 10 to 1F (State Grid filing): file ids
 * 519183315, 29807145697 and 35028638241.
 */
import { clock, number, signed, type Format } from './format.ts';
import { PHASES, type Item, type Part } from './item.ts';

const COUNT = number(3, 0, 'count');
const MINUTES = number(3, 0, 'min');
const START: Part = { label: 'start', format: clock('YYMMDDhhmmss') };
const STOP: Part = { label: 'end', format: clock('YYMMDDhhmmss') };
/** The last ten events are kept. */
const MAX_RECORD = 10;

/** 03 DI2: events that are counted for each phase, with how long they lasted. */
const OF_PHASES: Readonly<Record<number, string>> = {
  0x01: 'voltage loss',
  0x02: 'under-voltage',
  0x03: 'over-voltage',
  0x04: 'phase break',
  0x0b: 'current loss',
  0x0c: 'over-current',
  0x0d: 'current break',
  0x0e: 'reverse power',
  0x0f: 'overload',
};

/** 03 DI2: events of the whole meter, with how long they lasted. */
const OF_METER: Readonly<Record<number, string>> = {
  0x05: 'loss of all voltages',
  0x06: 'loss of auxiliary supply',
  0x07: 'reversed voltage sequence',
  0x08: 'reversed current sequence',
  0x09: 'voltage unbalance',
  0x0a: 'current unbalance',
};

/** 03 30 DI1: what was done to the meter. */
const OPERATIONS: readonly string[] = [
  'programming',
  'meter clearing',
  'demand clearing',
  'event clearing',
  'clock setting',
  'period table programming',
  'zone table programming',
  'rest day programming',
  'holiday programming',
  'active combination programming',
  'reactive combination 1 programming',
  'reactive combination 2 programming',
  'settlement day programming',
  'meter cover opening',
  'terminal cover opening',
];

/** 03 12 DI1: the demands that have a limit. */
const DEMAND_LIMITS: readonly { readonly name: string; readonly unit: 'kW' | 'kvar' }[] = [
  { name: 'forward active', unit: 'kW' },
  { name: 'reverse active', unit: 'kW' },
  { name: 'quadrant 1 reactive', unit: 'kvar' },
  { name: 'quadrant 2 reactive', unit: 'kvar' },
  { name: 'quadrant 3 reactive', unit: 'kvar' },
  { name: 'quadrant 4 reactive', unit: 'kvar' },
];

/** DI3 10 to 1F: DI2 is the phase, 0 of the whole meter. The last two are counted only. */
const BY_DI3: readonly string[] = [
  'voltage loss',
  'under-voltage',
  'over-voltage',
  'phase break',
  'reversed voltage sequence',
  'reversed current sequence',
  'voltage unbalance',
  'current unbalance',
  'current loss',
  'over-current',
  'current break',
  'reverse power',
  'overload',
  'relay trip',
  'relay close',
  'low power factor',
];
const FIRST_DI3 = 0x10;

/** 03 DI2 DI1 DI0. Null where no layout is known. */
export function eventItem(di2: number, di1: number, di0: number): Item | null {
  if (di2 === 0x11) return powerDownItem(di1, di0);
  if (di2 === 0x12) return demandLimitItem(di1, di0);
  if (di2 === 0x30) return operationItem(di1, di0);
  if (di1 !== 0) return null;
  const [ofPhases, ofMeter] = [OF_PHASES[di2], OF_METER[di2]];
  if (di0 === 0 && ofPhases !== undefined) {
    return {
      shape: 'record',
      name: `${ofPhases} totals`,
      parts: PHASES.flatMap((phase) => totals(` of phase ${phase}`)),
    };
  }
  if (ofMeter === undefined) return null;
  if (di0 === 0) return { shape: 'record', name: `${ofMeter} totals`, parts: totals('') };
  if (di0 > MAX_RECORD) return null;
  if (di2 === 0x05) return record(ofMeter, di0, START, { label: 'current', format: signed(3, 3, 'A') }, STOP);
  return di2 === 0x06 ? record(ofMeter, di0, START, STOP) : null;
}

/** DI3 10 to 1F. Null where no layout is known. */
export function countedEventItem(di3: number, di2: number, di1: number, di0: number): Item | null {
  const event = BY_DI3[di3 - FIRST_DI3];
  const phase = di2 === 0 ? '' : PHASES[di2 - 1];
  if (event === undefined || phase === undefined || di1 !== 0) return null;
  const of = phase === '' ? '' : ` of phase ${phase}`;
  if (di0 === 1) return one(`${event} count${of}`, COUNT);
  return di0 === 2 && !event.startsWith('relay') ? one(`${event} duration${of}`, MINUTES) : null;
}

function powerDownItem(di1: number, di0: number): Item | null {
  if (di1 !== 0 || di0 > MAX_RECORD) return null;
  return di0 === 0 ? one('power-down count', COUNT) : record('power-down', di0, START, STOP);
}

function demandLimitItem(di1: number, di0: number): Item | null {
  if (di1 === 0 && di0 === 0) {
    const parts = DEMAND_LIMITS.map(({ name }) => ({ label: `${name} count`, format: COUNT }));
    return { shape: 'record', name: 'demand limit totals', parts };
  }
  const limit = DEMAND_LIMITS[di1 - 1];
  if (limit === undefined || di0 === 0 || di0 > MAX_RECORD) return null;
  const demand: Part = { label: 'maximum demand', format: { kind: 'demand', number: number(3, 4, limit.unit) } };
  return record(`${limit.name} demand limit`, di0, START, STOP, demand);
}

function operationItem(di1: number, di0: number): Item | null {
  const operation = OPERATIONS[di1];
  if (operation === undefined || di0 > MAX_RECORD) return null;
  if (di0 === 0) return one(`${operation} count`, COUNT);
  // All records of operations begin with when it was; a cover's also says when it was closed.
  if (operation.endsWith('opening')) return record(operation, di0, START, STOP);
  if (operation !== 'clock setting') return record(operation, di0, START);
  const operator: Part = { label: 'operator', format: { kind: 'digits', bytes: 4 } };
  return record(operation, di0, operator, { ...START, label: 'before' }, { ...STOP, label: 'after' });
}

function totals(of: string): Part[] {
  return [
    { label: `count${of}`, format: COUNT },
    { label: `duration${of}`, format: MINUTES },
  ];
}

function one(name: string, format: Format): Item {
  return { shape: 'one', name, format };
}

function record(name: string, di0: number, ...parts: readonly Part[]): Item {
  return { shape: 'record', name: `${name}, record ${di0}`, parts };
}
