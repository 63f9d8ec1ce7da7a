/** A meter as it stands: what it is like, what it counts, and what it has been told to do. */
import { HOUR_MS, type LocalMs } from '../metering/local-time.ts';
import { DemandMeter } from './demand.ts';
import { measure, type Instantaneous } from './instantaneous.ts';
import type { Dlt645Options } from './model.ts';
import { lastMoment, type Recurring } from './moments.ts';

const FIRST_OF_MONTH: Recurring = { each: 'month', day: 1, hour: 0, minute: 0 };
const MIDNIGHT: Recurring = { each: 'day', hour: 0, minute: 0 };

export class MeterState {
  readonly options: Dlt645Options;
  readonly demand: DemandMeter;
  readonly settlement: Recurring;
  readonly dailyFreeze: Recurring;
  /** When it was told to freeze at once, by its own clock and by the community's; the oldest first. */
  readonly instantFreezes: { readonly shown: LocalMs; readonly at: LocalMs }[] = [];
  /** What a freeze command has set. */
  timedFreeze: Recurring | undefined;
  /** Times in the community at which its maximum demand was cleared. */
  readonly demandClearings: LocalMs[] = [];
  /** Times in the community at which its clock was set. */
  readonly clockSettings: LocalMs[] = [];
  /** What the last relay command wants; the relay closes only when somebody presses the button. */
  relayOrder: 'closed' | 'open' | 'close-permitted' = 'closed';
  alarm = false;
  /** 保电: a trip is refused. */
  keepsSupply = false;
  /** What a read has left to be asked for, by identifier. */
  readonly followOn = new Map<string, readonly number[][]>();

  constructor(options: Dlt645Options) {
    this.options = options;
    this.demand = new DemandMeter(options.register);
    this.settlement = options.settlement ?? FIRST_OF_MONTH;
    this.dailyFreeze = options.dailyFreeze ?? MIDNIGHT;
  }

  /** What its clock shows. */
  shown(local: LocalMs): LocalMs {
    return this.options.clock.shows(local);
  }

  /** Phases that are connected, of three. */
  get phases(): 1 | 3 {
    return this.options.phases ?? 1;
  }

  measured(local: LocalMs): Instantaneous {
    const { measured, register, address } = this.options;
    if (measured !== undefined) return measured(local);
    return measure(address, this.phases, register.supply.isOn(local) ? this.demand.mean(local) : 0, local);
  }

  /**
   * Energy in Wh by DI2 of the table of energies (01 forward active … 0A reverse apparent; 00 combined active): the total,
   * then each tariff. What is not forward is a fixed part of it, or nothing. Null where there is no such energy.
   */
  energy(di2: number, local: LocalMs): readonly number[] | null {
    const part = PARTS[di2];
    if (part === undefined) return null;
    const { register } = this.options;
    return [register.total(local), ...register.tariffs(local)].map((wattHours) => Math.floor(wattHours * part));
  }

  /** Where the `ago`th last settlement period ended, in the community's time; null where it was not there yet. */
  settled(ago: number, local: LocalMs): { readonly shown: LocalMs; readonly at: LocalMs } | null {
    return this.kept(this.settlement, ago, local);
  }

  /** When it kept something for the `ago`th last time. */
  kept(recurring: Recurring, ago: number, local: LocalMs): { readonly shown: LocalMs; readonly at: LocalMs } | null {
    const { clock, installedAt = -Infinity } = this.options;
    const shown = lastMoment(recurring, clock.shows(local), ago);
    const at = clock.reached(shown);
    return at < installedAt ? null : { shown, at };
  }

  /** Where the demand period begins that ends at `local`. */
  demandSince(local: LocalMs): LocalMs {
    const settled = this.settled(1, local)?.at ?? this.options.installedAt ?? local - HOUR_MS;
    return Math.max(settled, ...this.demandClearings.filter((at) => at <= local));
  }

  get tariffs(): number {
    return this.options.register.tariffs(0).length;
  }
}

/** How much of the forward active energy each energy is. Assumed; nothing flows back. */
const PARTS: Readonly<Record<number, number>> = {
  0x00: 1,
  0x01: 1,
  0x02: 0,
  0x03: 0.22,
  0x04: 0,
  0x05: 0.2,
  0x06: 0,
  0x07: 0,
  0x08: 0.02,
  0x09: 1.02,
  0x0a: 0,
};
