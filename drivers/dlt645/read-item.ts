/** Reads one data item, with the frames that follow where it does not fit into one. */
import type { Link } from '../contract.ts';
import { DriverError } from '../errors.ts';
import type { Version } from './control-codes.ts';
import { decodeItem, itemOf, type DecodedItem } from './decode-item.ts';
import { ask } from './exchange.ts';
import { MORE, type Frame } from './frame.ts';
import { expectedData } from './item-length.ts';
import { buildRead, buildReadMore, identifierBytes, type Meter } from './requests.ts';

export interface ItemRead extends DecodedItem {
  /** The address that the answer came from: that of `meter`, but for wildcards. */
  readonly address: string;
  /** How many frames it took. */
  readonly frames: number;
  /** When the last of them was there. Unix milliseconds. */
  readonly at: number;
}

const MAX_SEQUENCE = 255;

/**
 * Resolves with the values of `di`. Rejects with DriverError; `unsupported` where the meter has no such item, which single
 * refusals do not prove: a refusal names no item, and may be a late one.
 */
export async function readItem(link: Link, meter: Meter, di: string): Promise<ItemRead> {
  const { version } = meter;
  const begins = identifierBytes(di, version);
  const length = expectedData(itemOf(di.toUpperCase(), version), begins.length);
  const asked = { version, begins, expectedData: length, what: `read ${di}` };
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
