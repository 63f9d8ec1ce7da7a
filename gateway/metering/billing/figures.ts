/** The figures of a run, summed up line by line. Exact. */
import { add, toPaddedText, type Decimal } from '../../../drivers/bytes/decimal.ts';
import type { BillLine, LineQuality } from '../rules/line.ts';
import { decimal, ZERO } from '../rules/register.ts';
import type { Figures } from './record.ts';

export class FiguresOfLines {
  #lines = 0;
  #withoutConsumption = 0;
  #sum: Decimal = ZERO;
  #decimals = 0;
  readonly #byQuality: Record<LineQuality, number> = { actual: 0, frozen: 0, manual: 0, estimated: 0, missing: 0 };

  add({ closingQuality, consumption }: Pick<BillLine, 'closingQuality' | 'consumption'>): void {
    this.#lines += 1;
    this.#byQuality[closingQuality] += 1;
    if (consumption === null) {
      this.#withoutConsumption += 1;
      return;
    }
    this.#decimals = Math.max(this.#decimals, decimalsOf(consumption));
    this.#sum = add(this.#sum, decimal(consumption));
  }

  get figures(): Figures {
    return {
      ...{ lines: this.#lines, byQuality: { ...this.#byQuality }, withoutConsumption: this.#withoutConsumption },
      consumption: toPaddedText(this.#sum, this.#decimals),
    };
  }
}

/** Digits behind the point of a decimal string. */
export function decimalsOf(text: string): number {
  return text.split('.')[1]?.length ?? 0;
}
