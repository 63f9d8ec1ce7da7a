/** The blocks that hold a meter's readings: CJ/T 188-2004, data identifiers 901F and D120 to D12B; 2018: D200 to D20B. */
import { HOUR_MS } from '../metering/local-time.ts';
import { bcd, clockBytes, join } from './bytes.ts';
import { UNIT, type Cjt188Model, type HeatContent, type Momentary, type SentRegister } from './model.ts';
import { current, perHour, settled, settlementStart, type Moment } from './moment.ts';
import { statusBytes } from './status.ts';

const FILLER = 0xff;

/** 901F. Water and gas: 19 bytes behind SER; heat: 43, or 40 in the shorter layout of 2018. */
export function currentBlock(moment: Moment): Uint8Array {
  const { model } = moment;
  const tail = [ownTime(moment), statusBytes(moment)];
  if (model.content.kind === 'heat') return join([...heatFields(moment, model.content), ...tail]);
  const { volume } = model.content;
  return join([valueUnit(bcd(current(moment, volume), 4), volume.unit), settlementValue(moment, volume), ...tail]);
}

/** D120 to D12B: what the main register showed on the last to the twelfth last settlement day. */
export function historyBlock(moment: Moment, ago: number): Uint8Array {
  const sent = mainRegister(moment.model);
  return valueUnit(bcd(settled(moment, sent, ago), 4), sent.unit);
}

/** D200 to D20B of 2018: time, volume, flow, temperature, pressure at a month's end. What it does not measure is FF. */
export function monthlyFreeze(moment: Moment, ago: number): Uint8Array {
  const sent = mainRegister(moment.model);
  const shown = settlementStart(moment, ago);
  const value = valueUnit(bcd(settled(moment, sent, ago), 4), sent.unit);
  const flow = valueUnit(bcd(10 * perHour(sent, moment.clock.reached(shown)), 4), UNIT.cubicMetrePerHour);
  return join([clockBytes(shown), value, flow, new Uint8Array(6).fill(FILLER)]);
}

/** ss mm hh DD MM YY CC of the meter's own clock, or what stands there without one. */
export function ownTime({ model, clock, local }: Moment): Uint8Array {
  return model.noClock ?? clockBytes(clock.shows(local));
}

/** What a master bills by: volume, or heat. */
export function mainRegister({ content }: Cjt188Model): SentRegister {
  return content.kind === 'heat' ? content.energy : content.volume;
}

function settlementValue(moment: Moment, sent: SentRegister, unitFirst = false): Uint8Array {
  const { settlement } = moment.model;
  const value = settlement === 'filler' ? new Uint8Array(4).fill(FILLER) : bcd(settlementSteps(moment, sent), 4);
  return valueUnit(value, sent.unit, unitFirst);
}

function settlementSteps(moment: Moment, sent: SentRegister): number {
  switch (moment.model.settlement) {
    case 'kept':
      return settled(moment, sent);
    case 'current':
      return current(moment, sent);
    case 'zero':
    case 'filler':
      return 0;
  }
}

/** Settlement heat, heat, power, flow, volume, supply and return temperature, hours of work. */
function heatFields(moment: Moment, content: HeatContent): Uint8Array[] {
  const { layout, energy, volume } = content;
  const unitFirst = layout === 'unitFirst';
  const isShort = layout === '2018';
  const rates = isShort ? 3 : 4;
  const { power, flow, supply, back } = content.momentary ?? momentary(moment, content);
  return [
    settlementValue(moment, energy, unitFirst),
    valueUnit(bcd(current(moment, energy), 4), energy.unit, unitFirst),
    valueUnit(bcd(power, rates), content.powerUnit, unitFirst),
    valueUnit(bcd(flow, rates), UNIT.cubicMetrePerHour, unitFirst),
    valueUnit(bcd(current(moment, volume), 4), volume.unit, unitFirst),
    bcd(supply, isShort ? 2 : 3),
    bcd(back, isShort ? 2 : 3),
    bcd(Math.floor((moment.local - content.worksSince) / HOUR_MS), isShort ? 4 : 3),
  ];
}

/** Power from heat (1 kJ/h is 1/3600 kW), ten degrees between supply and return while it passes. */
function momentary(moment: Moment, { energy, volume, powerUnit }: HeatContent): Momentary {
  const kilojoules = perHour(energy, moment.local);
  const litres = perHour(volume, moment.local);
  return {
    power: Math.floor((powerUnit === UNIT.kW ? kilojoules : 1000 * kilojoules) / 36),
    flow: 10 * litres,
    ...(litres > 0 ? { supply: 4500, back: 3500 } : { supply: 2150, back: 2100 }),
  };
}

function valueUnit(value: Uint8Array, unit: number, unitFirst = false): Uint8Array {
  return unitFirst ? Uint8Array.of(unit, ...value) : Uint8Array.of(...value, unit);
}
