import type { SerialRate } from '../../config/wire-time.ts';

/** `2400 8E1`; empty where there is no serial line. */
export function rateText(rate: SerialRate | null): string {
  return rate ? `${rate.baud} ${rate.format}` : '';
}
