/** Reads one data item, with the frames that follow where it does not fit into one. */
import type { Link } from '../contract.ts';
import { DriverError } from '../errors.ts';
import type { Version } from './control-codes.ts';
import { decodeItem, itemOf, type DecodedItem } from './decode-item.ts';
import { ask } from './exchange.ts';
import { sizeOf } from './format.ts';
import { MORE, type Frame } from './frame.ts';
import type { Item } from './item.ts';
import { buildRead, buildReadMore, identifierBytes, type Meter } from './requests.ts';

export interface ItemRead extends DecodedItem {
  /** The address that the answer came from: that of `meter`, but for wildcards. */
  readonly address: string;
  /** How many frames it took. */
  readonly frames: number;
  /** When the last of them was there. Unix milliseconds. */
  readonly at: number;
}

/** A frame of a reply has at most so much data (2007: 5.2.5). */
const MAX_REPLY_DATA = 200;
/** A block is expected to have so many values at the most: four tariffs and their total are usual. */
const USUAL_SERIES = 5;
const UNKNOWN_DATA = 16;
const MAX_SEQUENCE = 255;

/**
 * Resolves with the values of `di`. Rejects with DriverError; `unsupported` where the meter has no such item, which single
 * refusals do not prove: a refusal names no item, and may be a late one.
 */
export async function readItem(link: Link, meter: Meter, di: string): Promise<ItemRead> {
  const { version } = meter;
  const begins = identifierBytes(di, version);
  const expectedData = Math.min(MAX_REPLY_DATA, begins.length + lengthOf(itemOf(di.toUpperCase(), version)));
  const asked = { version, begins, expectedData, what: `read ${di}` };
  let reply = await ask(link, { ...asked, request: buildRead(meter, di) });
  const data = [...reply.data.subarray(begins.length)];
  let frames = 1;
  for (; reply.control & MORE; frames++) {
    if (frames > MAX_SEQUENCE)
      throw new DriverError('foreign', `meter ${meter.address} never comes to the end of ${di}`);
    const request = buildReadMore({ address: reply.address, version }, di, frames);
    reply = await ask(link, { ...asked, request, ...(version === '2007' ? { sequence: frames } : {}) });
    const part = followOnData(reply, begins.length, version);
    if (part.length === 0) throw new DriverError('foreign', `meter ${meter.address} has more of ${di} and sends none`);
    data.push(...part);
  }
  const item = decodeItem(di.toUpperCase(), Uint8Array.from(data), version);
  return { ...item, address: reply.address, frames, at: link.now() };
}

/** What a follow-on frame adds: it repeats the identifier and, in 2007, ends with its number. */
function followOnData({ data }: Frame, identifierLength: number, version: Version): Uint8Array {
  return data.subarray(identifierLength, version === '2007' ? -1 : undefined);
}

/** How much data `item` is expected to have. */
function lengthOf(item: Item | null): number {
  switch (item?.shape) {
    case undefined:
      return UNKNOWN_DATA;
    case 'one':
      return sizeOf(item.format) ?? UNKNOWN_DATA;
    case 'series':
      return (sizeOf(item.format) ?? 1) * Math.min(USUAL_SERIES, item.labels.length);
    case 'record':
      return item.parts.reduce((sum, { format }) => sum + (sizeOf(format) ?? UNKNOWN_DATA), 0);
    case 'block':
      return MAX_REPLY_DATA;
  }
}
