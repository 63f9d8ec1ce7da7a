/** What can be told of a meter by reading it once. */
import type { Link } from '../contract.ts';
import { DriverError } from '../errors.ts';
import { ask } from './ask.ts';
import type { DiOrder } from './data-identifier.ts';
import { ANY_TYPE } from './frame.ts';
import { provenLayout } from './infer-layout.ts';
import type { LayoutName } from './layouts.ts';
import { familyOf, plainTypeOf } from './meter-types.ts';
import { READING } from './read-items.ts';
import { readRequest } from './requests.ts';
import type { PresentMeter } from './who-is-there.ts';

export interface IdentifiedMeter {
  /** T as which it gives a reading when it is asked; it may answer with another. */
  readonly meterType: number;
  /** The order of DI in which it gives a reading. */
  readonly diOrder: DiOrder;
  /** A guess, by length and units of its reading; null where no layout of its type has those. */
  readonly layout: LayoutName | null;
}

const ORDERS: readonly DiOrder[] = ['high', 'low'];

/** Null where it is silent, or refuses, in both orders of DI. Rejects with DriverError when the line fails. */
export async function identifyMeter(link: Link, present: PresentMeter): Promise<IdentifiedMeter | null> {
  const { address } = present;
  const attempts = typesOf(present).flatMap((meterType) => ORDERS.map((diOrder) => ({ meterType, diOrder })));
  for (const [ser, { meterType, diOrder }] of attempts.entries()) {
    const meter = { meterType, address, diOrder, layout: 'standard', stBitOrder: 'low-first' } as const;
    try {
      const answer = await ask(meter, link, readRequest(READING), { order: diOrder, ser });
      return {
        meterType,
        diOrder,
        layout: layoutOf(meterType === ANY_TYPE ? answer.meterType : meterType, answer.data),
      };
    } catch (error) {
      if (!(error instanceof DriverError) || !(error.retryable || error.code === 'refused')) throw error;
    }
  }
  return null;
}

/** A profile names one type: any type comes last. A meter that answers with a reserved type may listen to the plain one. */
function typesOf({ askedAs, meterType }: PresentMeter): readonly number[] {
  const named = [askedAs, meterType, plainTypeOf(meterType) ?? meterType].filter((type) => type !== ANY_TYPE);
  return [...new Set([...named, askedAs])];
}

/** A reading of another family's layout is none that a profile of this type could take. */
function layoutOf(meterType: number, data: Uint8Array): LayoutName | null {
  const proven = provenLayout(READING, meterType, data);
  return proven !== null && proven.family === familyOf(meterType) ? proven.layout : null;
}
