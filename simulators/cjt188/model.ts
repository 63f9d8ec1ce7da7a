/** What a CJ/T 188 meter is as it was built: makers differ in nearly everything that the standard says once. */
import type { LocalMs } from '../metering/local-time.ts';
import type { Register } from '../metering/register.ts';

/** T. CJ/T 188-2004, table of meter types; 22 since 2018. */
export const METER_TYPE = {
  coldWater: 0x10,
  hotWater: 0x11,
  drinkingWater: 0x12,
  reclaimedWater: 0x13,
  heat: 0x20,
  cold: 0x21,
  heatAndCold: 0x22,
  gas: 0x30,
} as const;

export const UNIT = { kWh: 0x05, megajoule: 0x0e, gigajoule: 0x11, watt: 0x14, kW: 0x17, litre: 0x29, cubicMetre: 0x2c, cubicMetrePerHour: 0x35 } as const; // prettier-ignore

/**
 * Which of `90 1F` and `1F 90` it knows. `high` and `low`: only that one; `both`: it repeats what it was asked in; `crossed`:
 * asked low byte first it answers high byte first, as one captured meter does.
 */
export type DiOrder = 'high' | 'low' | 'both' | 'crossed';

/** A register, and the unit whose hundredths are sent. */
export interface SentRegister {
  /** In whole counts: see SCALE. */
  readonly register: Register;
  readonly unit: RegisterUnit;
}

/**
 * What a register counts, so that all it can show are whole numbers: so many counts make a litre or kJ, and so many a
 * hundredth of the unit that is sent. 10 l are a hundredth of a m³, 36 kJ one of a kWh.
 */
export const SCALE = {
  [UNIT.litre]: { drawn: 100, hundredth: 1 },
  [UNIT.cubicMetre]: { drawn: 1, hundredth: 10 },
  [UNIT.kWh]: { drawn: 1, hundredth: 36 },
  [UNIT.megajoule]: { drawn: 1, hundredth: 10 },
  [UNIT.gigajoule]: { drawn: 1, hundredth: 10_000 },
} as const;
export type RegisterUnit = keyof typeof SCALE;

/** Water and gas: one register. */
export interface FlowContent {
  readonly kind: 'flow';
  readonly volume: SentRegister;
}

/** Heat. `2004`: value before unit, 46 bytes; `unitFirst`: some makers; `2018`: shorter fields, 43 bytes. */
export interface HeatContent {
  readonly kind: 'heat';
  readonly layout: '2004' | 'unitFirst' | '2018';
  readonly energy: SentRegister;
  readonly volume: SentRegister;
  readonly powerUnit: typeof UNIT.kW | typeof UNIT.watt;
  /** When its hours of work began to count. */
  readonly worksSince: LocalMs;
  /** What it shows of this moment; null: what follows from what passes. */
  readonly momentary: Momentary | null;
}

/** Power in hundredths of its unit, flow in 0.0001 m³/h, temperatures in 0.01 °C. */
export interface Momentary {
  readonly power: number;
  readonly flow: number;
  readonly supply: number;
  readonly back: number;
}

/** ST1 and ST2: D1 D0 valve, D2 battery; the rest is the maker's. */
export interface StatusLayout {
  /** `high`: valve in D7 D6 and battery in D5, by the masks of one maker's firmware (sdqr_energy_node_class, Src/meter/cj188.h). */
  readonly bits: 'standard' | 'high';
  /** Set in ST1 beside what is below. */
  readonly first: number;
  readonly second: number;
}

export interface ValveModel {
  /** 04 by the standard; 2A with one maker, whose acceptance says 01 FF as its status. */
  readonly control: 0x04 | 0x2a;
  readonly motorMs: number;
  /** The motor turns and nothing moves. */
  readonly isStuck: boolean;
}

export interface Cjt188Model {
  readonly name: string;
  /** T of its replies. */
  readonly meterType: number;
  /** T that it takes for its own beside AA. */
  readonly answersTo: readonly number[];
  readonly edition: '2004' | '2018';
  readonly diOrder: DiOrder;
  readonly content: FlowContent | HeatContent;
  /** Null: its own clock. Else the seven bytes that stand where a clock's belong. */
  readonly noClock: Uint8Array | null;
  /** What stands where the value of the last settlement day belongs: some meters keep none. */
  readonly settlement: 'kept' | 'zero' | 'filler' | 'current';
  readonly status: StatusLayout;
  readonly batteryLowFrom: LocalMs | null;
  readonly valve: ValveModel | null;
  /** Bytes of data in a refusal, 1 to 3; 0: it is silent. */
  readonly refusal: 0 | 1 | 2 | 3;
  /** `own`: it counts its replies itself and does not repeat what the master sent. */
  readonly ser: 'echo' | 'own';
  readonly keyVersion: number;
  /** FE before each reply. */
  readonly wakeUps: number;
  /** FE that it must hear to wake up. */
  readonly needsWakeUps: number;
  /** Bytes after 16, such as a radio's signal strength. */
  readonly trailing: Uint8Array;
  readonly replyDelayMs: number;
  /** From then on it never answers. */
  readonly deadFrom: LocalMs | null;
}
