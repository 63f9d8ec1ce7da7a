/** CJ/T 188 meters as they hang in homes, by what they count. */
import type { CommunityTime } from '../metering/community-time.ts';
import { scaled, type Drawn } from '../metering/drawn.ts';
import type { LocalMs } from '../metering/local-time.ts';
import type { MeterClockOptions } from '../metering/meter-clock.ts';
import { createRegister, type RegisterOptions } from '../metering/register.ts';
import type { SerialSettings } from '../wire/line-device.ts';
import { createCjt188Meter, type Cjt188Meter } from './meter.ts';
import {
  METER_TYPE,
  SCALE,
  UNIT,
  type Cjt188Model,
  type HeatContent,
  type Momentary,
  type RegisterUnit,
  type SentRegister,
} from './model.ts';
import type { InitialState } from './state.ts';

export interface Cjt188Options extends InitialState {
  readonly id: string;
  readonly time: CommunityTime;
  /** What it showed before anything was drawn, in hundredths of its unit. Default 0. */
  readonly initial?: number;
  /** Faults of its register; `by` in litres or kJ. */
  readonly register?: Pick<RegisterOptions, 'jumps' | 'stuckFrom'>;
  readonly clock?: MeterClockOptions;
  readonly serial?: SerialSettings;
  /** What distinguishes it from the usual meter. */
  readonly model?: Partial<Omit<Cjt188Model, 'content'>>;
}

export interface FlowOptions extends Cjt188Options {
  /** In litres. */
  readonly drawn: Drawn;
  /** Default m³; some meters count litres. */
  readonly unit?: typeof UNIT.cubicMetre | typeof UNIT.litre;
}

export interface HeatOptions extends Cjt188Options {
  /** In kJ. */
  readonly heat: Drawn;
  /** In litres. */
  readonly heatingWater: Drawn;
  /** Default kWh. */
  readonly unit?: typeof UNIT.kWh | typeof UNIT.megajoule | typeof UNIT.gigajoule;
  readonly layout?: HeatContent['layout'];
  /** Default kW. */
  readonly powerUnit?: HeatContent['powerUnit'];
  readonly worksSince: LocalMs;
  /** Default: what follows from what passes. */
  readonly momentary?: Momentary;
}

/** The eight digits of a register. */
const HUNDREDTHS = 100_000_000;

const USUAL: Omit<Cjt188Model, 'name' | 'meterType' | 'answersTo' | 'content'> = {
  edition: '2004',
  diOrder: 'high',
  noClock: null,
  settlement: 'kept',
  status: { bits: 'standard', first: 0, second: 0 },
  batteryLowFrom: null,
  valve: null,
  refusal: 3,
  ser: 'echo',
  keyVersion: 0,
  wakeUps: 3,
  needsWakeUps: 0,
  trailing: new Uint8Array(),
  replyDelayMs: 60,
  deadFrom: null,
};

export const coldWaterMeter = flowMeter('CJ/T 188 cold water meter', METER_TYPE.coldWater);
export const hotWaterMeter = flowMeter('CJ/T 188 hot water meter', METER_TYPE.hotWater);
export const reclaimedWaterMeter = flowMeter('CJ/T 188 reclaimed water meter', METER_TYPE.reclaimedWater);
export const gasMeter = flowMeter('CJ/T 188 gas meter', METER_TYPE.gas);

export function heatMeter(options: HeatOptions): Cjt188Meter {
  const { unit = UNIT.kWh, layout = '2004', heat, heatingWater, worksSince } = options;
  return assembled(options, 'CJ/T 188 heat meter', METER_TYPE.heat, {
    kind: 'heat',
    layout,
    energy: sentRegister(unit, { drawn: heat, initial: options.initial ?? 0, ...options.register }),
    volume: sentRegister(UNIT.cubicMetre, { drawn: heatingWater, initial: 0 }),
    powerUnit: options.powerUnit ?? UNIT.kW,
    worksSince,
    momentary: options.momentary ?? null,
  });
}

/** Water and gas differ in T and in who draws what. */
function flowMeter(name: string, meterType: number): (options: FlowOptions) => Cjt188Meter {
  return (options) => {
    const { unit = UNIT.cubicMetre, drawn, initial = 0, register } = options;
    const volume = sentRegister(unit, { drawn, initial, ...register });
    return assembled(options, name, meterType, { kind: 'flow', volume });
  };
}

type Counted = Pick<RegisterOptions, 'drawn' | 'jumps' | 'stuckFrom'> & { readonly initial: number };

/** A register of eight digits that are hundredths of `unit`; `initial` in hundredths. */
export function sentRegister(unit: RegisterUnit, { initial, drawn, jumps = [], ...counted }: Counted): SentRegister {
  const scale = SCALE[unit];
  const register = createRegister({
    ...counted,
    drawn: scaled(drawn, scale.drawn),
    jumps: jumps.map(({ at, by }) => ({ at, by: by * scale.drawn })),
    initial: [initial * scale.hundredth],
    modulus: HUNDREDTHS * scale.hundredth,
  });
  return { unit, register };
}

function assembled(
  options: Cjt188Options,
  name: string,
  meterType: number,
  content: Cjt188Model['content'],
): Cjt188Meter {
  const { id, time, clock, serial } = options;
  const model = { ...USUAL, name, meterType, answersTo: [meterType], ...options.model, content };
  return createCjt188Meter({ id, model, initial: options, time, serial, ...(clock && { clock }) });
}
