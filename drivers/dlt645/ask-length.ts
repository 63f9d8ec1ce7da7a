/** What the requests of one block, and their replies, take of the wire in bytes: wake-up bytes included. */
import type { Block } from '../contract.ts';
import { itemOf } from './decode-item.ts';
import type { Version } from './control-codes.ts';
import { ENVELOPE, WAKE_UP_BYTES } from './frame.ts';
import { expectedData } from './item-length.ts';
import { dailyFreezeTime } from './kept-when.ts';
import { CLOCK_ITEMS } from './meter-clock.ts';
import type { What } from './plan-asks.ts';

type Lengths = Pick<Block, 'requestLength' | 'replyLength'>;

const FRAME = WAKE_UP_BYTES + ENVELOPE;

/** When all goes well; a settlement's clock is read for many blocks together. */
export function lengthsOf(what: What, version: Version): Lengths {
  return itemsOf(what, version)
    .map((di) => {
      const identifier = di.length / 2;
      const reply = expectedData(itemOf(di, version), identifier);
      return { requestLength: FRAME + identifier, replyLength: FRAME + reply };
    })
    .reduce((sum, one) => ({
      requestLength: sum.requestLength + one.requestLength,
      replyLength: sum.replyLength + one.replyLength,
    }));
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
