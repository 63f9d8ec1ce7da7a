/** What the requests of one block, and their replies, take of the wire in bytes: wake-up bytes included. */
import type { Block } from '../contract.ts';
import { itemOf } from './decode-item.ts';
import type { Version } from './control-codes.ts';
import { ENVELOPE, WAKE_UP_BYTES } from './frame.ts';
import { expectedData } from './item-length.ts';
import { dailyFreezeTime } from './kept-when.ts';
import { CLOCK_ITEMS } from './meter-clock.ts';
import type { What } from './plan-asks.ts';

type Lengths = Pick<Block, 'requestLength' | 'replyLength' | 'exchanges' | 'longestReply'>;

const FRAME = WAKE_UP_BYTES + ENVELOPE;

/** When all goes well; a settlement's clock is read for many blocks together. */
export function lengthsOf(what: What, version: Version): Lengths {
  const items = itemsOf(what, version);
  const replies = items.map((di) => FRAME + expectedData(itemOf(di, version), di.length / 2));
  const requestLength = items.reduce((sum, di) => sum + FRAME + di.length / 2, 0);
  const replyLength = replies.reduce((sum, length) => sum + length, 0);
  if (items.length === 1) return { requestLength, replyLength };
  return { requestLength, replyLength, exchanges: items.length, longestReply: Math.max(...replies) };
}

function itemsOf(what: What, version: Version): string[] {
  switch (what.kind) {
    case 'item':
    case 'settlement':
      return [what.item.di];
    case 'clock':
      return Object.values(CLOCK_ITEMS[version]);
    case 'daily': {
      const time = dailyFreezeTime(what.ago);
      return [time, ...what.items.map(({ di }) => di), time];
    }
  }
}
