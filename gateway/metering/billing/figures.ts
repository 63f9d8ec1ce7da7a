/** The figures of a run, summed up line by line. Exact. */
import { add, multiply, toPaddedText, type Decimal } from '../../../drivers/bytes/decimal.ts';
import type { BilledUnit } from '../model.ts';
import type { BillLine, LineQuality } from '../rules/line.ts';
import { decimal, ZERO } from '../rules/register.ts';
import { GJ_PER_KWH } from '../rules/utilities.ts';
import type { Figures } from './record.ts';

export class FiguresOfLines {
  #lines = 0;
  #withoutConsumption = 0;
  readonly #sums = new Map<BilledUnit, { readonly sum: Decimal; readonly decimals: number }>();
  readonly #byQuality: Record<LineQuality, number> = { actual: 0, frozen: 0, manual: 0, estimated: 0, missing: 0 };

  add({ closingQuality, consumption, unit }: Pick<BillLine, 'closingQuality' | 'consumption' | 'unit'>): void {
    this.#lines += 1;
    this.#byQuality[closingQuality] += 1;
    if (consumption === null) {
      this.#withoutConsumption += 1;
      return;
    }
    const { sum, decimals } = this.#sums.get(unit) ?? { sum: ZERO, decimals: 0 };
    this.#sums.set(unit, {
      sum: add(sum, decimal(consumption)),
      decimals: Math.max(decimals, decimalsOf(consumption)),
    });
  }

  get figures(): Figures {
    return {
      ...{ lines: this.#lines, byQuality: { ...this.#byQuality }, withoutConsumption: this.#withoutConsumption },
      ...this.#total(),
    };
  }

  /** In the unit of all lines; where some are in GJ, in GJ. */
  #total(): Pick<Figures, 'consumption' | 'unit'> {
    const [gigajoules, kilowattHours] = [this.#sums.get('GJ'), this.#sums.get('kWh')];
    if (gigajoules && kilowattHours) {
      const sum = add(gigajoules.sum, multiply(kilowattHours.sum, GJ_PER_KWH));
      return { consumption: toPaddedText(sum, gigajoules.decimals), unit: 'GJ' };
    }
    const [first] = this.#sums;
    if (!first) return { consumption: '0', unit: null };
    const [unit, { sum, decimals }] = first;
    return { consumption: toPaddedText(sum, decimals), unit };
  }
}

/** Digits behind the point of a decimal string. */
export function decimalsOf(text: string): number {
  return text.split('.')[1]?.length ?? 0;
}
