/** Finds the one meter of a line: with several, their answers collide. */
import type { Link } from '../contract.ts';
import { DriverError } from '../errors.ts';
import { hex } from '../bytes/hex.ts';
import { ask, type Answer } from './ask.ts';
import { READ_ADDRESS } from './control-codes.ts';
import type { DiOrder } from './data-identifier.ts';
import { ANY_ADDRESS, ANY_TYPE } from './frame.ts';
import { ADDRESS, READING } from './read-items.ts';
import { readRequest, type Request } from './requests.ts';

export interface FoundMeter {
  /** T as the meter answers. */
  readonly meterType: number;
  readonly address: string;
  /** The order of DI in which it was asked. */
  readonly diOrder: DiOrder;
}

/** Some meters do not know the request for their address, but answer a reading to the wildcard. */
const REQUESTS: readonly Request[] = [readRequest(ADDRESS, READ_ADDRESS), readRequest(READING)];
const ORDERS: readonly DiOrder[] = ['high', 'low'];
const ADDRESS_LENGTH = 7;
const ANY_METER = { address: ANY_ADDRESS, layout: 'standard', stBitOrder: 'low-first' } as const;

/**
 * Asks whoever is there for its address, as any type or as one of `meterTypes`, until somebody answers. Null where nobody
 * does. Rejects with DriverError; `checksum` is what several meters at once sound like, `foreign` what a second master does.
 */
export async function discoverMeter(
  link: Link,
  meterTypes: readonly number[] = [ANY_TYPE],
  ser = 0,
): Promise<FoundMeter | null> {
  const attempts = meterTypes.flatMap((meterType) =>
    REQUESTS.flatMap((request) => ORDERS.map((diOrder) => ({ meterType, request, diOrder }))),
  );
  let heard: DriverError | null = null;
  for (const [i, { meterType, request, diOrder }] of attempts.entries()) {
    try {
      const answer = await ask({ ...ANY_METER, meterType, diOrder }, link, request, { order: diOrder, ser: ser + i });
      const address = addressIn(answer, request);
      if (address !== ANY_ADDRESS) return { meterType: answer.meterType, address, diOrder };
    } catch (error) {
      if (!(error instanceof DriverError) || !(error.retryable || error.code === 'refused')) throw error;
      if (error.code === 'checksum' || error.code === 'foreign') heard ??= error;
    }
  }
  if (heard !== null) throw heard;
  return null;
}

/** In the head of the reply; where the request for the address is answered with data, these are it. */
function addressIn({ address, data }: Answer, { control }: Request): string {
  return control === READ_ADDRESS && data.length === ADDRESS_LENGTH ? hex(data.toReversed()) : address;
}
