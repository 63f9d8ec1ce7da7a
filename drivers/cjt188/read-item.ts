/** Reads one item of a meter. */
import type { Link } from '../contract.ts';
import { DriverError } from '../errors.ts';
import { ADDRESS, KEY_VERSION, READING } from './read-items.ts';
import { READ_ADDRESS, READ_DATA, READ_KEY_VERSION } from './control-codes.ts';
import { decodeItem, type DecodedItem } from './decode-item.ts';
import type { MeterStatus } from './decode-status.ts';
import type { MeterTime } from './decode-time.ts';
import { addressBytes } from './frame.ts';
import { familyOf } from './meter-types.ts';
import type { Master } from './master.ts';

export interface ItemReading extends DecodedItem {
  readonly di: number;
  /** T of the reply, which may be another than was asked. */
  readonly meterType: number;
  /** When the reply had arrived, Unix milliseconds. */
  readonly at: number;
}

/** Items that are read with a function of their own. */
const CONTROLS: ReadonlyMap<number, number> = new Map([
  [KEY_VERSION, READ_KEY_VERSION],
  [ADDRESS, READ_ADDRESS],
]);

/** The first of the settlement days that a meter keeps; the following twelve identifiers are the months before. */
const SETTLEMENT_MONTHS = { first: 0xd120, count: 12 } as const;

/**
 * Reads `di`. What the layout of the meter's profile does not fit has no fields, and `reason` says why. Rejects with
 * DriverError.
 */
export async function readItem(master: Master, link: Link, di: number): Promise<ItemReading> {
  const { meter } = master;
  const answer = await master.read(link, di, CONTROLS.get(di) ?? READ_DATA);
  const family = familyOf(meter.meterType) ?? familyOf(answer.meterType);
  // Most meters say their address in the head of the reply alone.
  const saysNothing = di === ADDRESS && answer.data.length === 0;
  const data = saysNothing ? addressBytes(answer.address) : answer.data;
  const decoded = decodeItem(di, data, { family, layout: meter.layout, stBitOrder: meter.stBitOrder });
  return { ...decoded, di, meterType: answer.meterType, at: link.now() };
}

/** Current and settlement-day values, clock and status. */
export function readCurrent(master: Master, link: Link): Promise<ItemReading> {
  return readItem(master, link, READING);
}

/** The reading at the settlement day `monthsAgo` months back, 1 to 12. Rejects with DriverError. */
export async function readSettlement(master: Master, link: Link, monthsAgo: number): Promise<ItemReading> {
  const { first, count } = SETTLEMENT_MONTHS;
  if (!Number.isInteger(monthsAgo) || monthsAgo < 1 || monthsAgo > count) {
    throw new DriverError('config', `a meter keeps ${count} settlement days, not the one ${monthsAgo} months ago`);
  }
  return readItem(master, link, first + monthsAgo - 1);
}

/** Null where the item has none, or was not decoded. */
export function statusIn({ fields }: DecodedItem): MeterStatus | null {
  return fields.find((field) => field.type === 'status')?.status ?? null;
}

export function timeIn({ fields }: DecodedItem): MeterTime | null {
  return fields.find((field) => field.type === 'time')?.time ?? null;
}
