/** What can be told of a meter by reading it once. */
import type { Link } from '../contract.ts';
import { DriverError } from '../errors.ts';
import { ask } from './ask.ts';
import type { DiOrder } from './data-identifier.ts';
import { inferLayout } from './infer-layout.ts';
import type { LayoutName } from './layouts.ts';
import { READING } from './read-items.ts';
import { readRequest } from './requests.ts';
import type { PresentMeter } from './who-is-there.ts';

export interface IdentifiedMeter {
  /** The order of DI in which it gives a reading. */
  readonly diOrder: DiOrder;
  /** A guess, by the units in its reading. */
  readonly layout: LayoutName;
}

/** Null where it is silent, or refuses, in both orders of DI. Rejects with DriverError when the line fails. */
export async function identifyMeter(link: Link, { meterType, address }: PresentMeter): Promise<IdentifiedMeter | null> {
  const meter = { meterType, address, diOrder: 'auto', layout: 'standard', stBitOrder: 'low-first' } as const;
  for (const [ser, diOrder] of (['high', 'low'] as const).entries()) {
    try {
      const { data } = await ask(meter, link, readRequest(READING), { order: diOrder, ser });
      return { diOrder, layout: inferLayout(READING, meterType, data).layout };
    } catch (error) {
      if (!(error instanceof DriverError) || !(error.retryable || error.code === 'refused')) throw error;
    }
  }
  return null;
}
