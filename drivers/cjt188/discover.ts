/** Finds the one meter of a line: with several, their answers collide. */
import type { Link } from '../contract.ts';
import { DriverError } from '../errors.ts';
import { hex } from '../bytes/hex.ts';
import { ask, type Answer } from './ask.ts';
import { READ_ADDRESS } from './control-codes.ts';
import type { DiOrder } from './data-identifier.ts';
import { ANY_ADDRESS, ANY_TYPE } from './frame.ts';
import type { MeterSettings } from './meter.ts';
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

/**
 * Asks whoever is there for its address, as any type or as one of `meterTypes`, until somebody answers. Null where nobody
 * does. Rejects with DriverError; `checksum` is what several meters at once sound like.
 */
export async function discoverMeter(
  link: Link,
  meterTypes: readonly number[] = [ANY_TYPE],
  ser = 0,
): Promise<FoundMeter | null> {
  let sent = ser;
  for (const meterType of meterTypes) {
    for (const request of REQUESTS) {
      for (const order of ORDERS) {
        const found = await tryOnce(link, meterType, request, order, sent++);
        if (found !== null) return found;
      }
    }
  }
  return null;
}

async function tryOnce(
  link: Link,
  meterType: number,
  request: Request,
  order: DiOrder,
  ser: number,
): Promise<FoundMeter | null> {
  const anyMeter: MeterSettings = {
    meterType,
    address: ANY_ADDRESS,
    diOrder: order,
    layout: 'standard',
    stBitOrder: 'low-first',
  };
  try {
    const answer = await ask(anyMeter, link, request, order, ser);
    const address = addressIn(answer, request);
    return address === ANY_ADDRESS ? null : { meterType: answer.meterType, address, diOrder: order };
  } catch (error) {
    if (error instanceof DriverError && (error.code === 'timeout' || error.code === 'refused')) return null;
    throw error;
  }
}

/** In the head of the reply; where the request for the address is answered with data, these are it. */
function addressIn({ address, data }: Answer, { control }: Request): string {
  return control === READ_ADDRESS && data.length === ADDRESS_LENGTH ? hex(data.slice().reverse()) : address;
}
