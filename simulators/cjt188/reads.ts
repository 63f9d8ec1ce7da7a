/** What a meter answers to requests that change nothing: CJ/T 188-2004, table of data identifiers. */
import { bcd } from './bytes.ts';
import { currentBlock, historyBlock, monthlyFreeze, ownTime } from './content.ts';
import type { Moment } from './moment.ts';
import { CONTROL, REFUSED, type Answer, type Request } from './request.ts';

const MONTHS = 12;

export function answerRead(moment: Moment, { control, di, data }: Request): Answer {
  const found = data.length === 0 ? contentOf(moment, control, di) : null;
  return found === null ? REFUSED : { kind: 'data', data: found };
}

/** What follows SER; null where the meter has no such item. */
function contentOf(moment: Moment, control: number, di: number): Uint8Array | null {
  const { model, state } = moment;
  // The address is in the head of the reply: nothing follows SER.
  if (control === CONTROL.readAddress) return di === 0x810a ? new Uint8Array() : null;
  if (control === CONTROL.readKey) return di === 0x8106 ? Uint8Array.of(model.keyVersion) : null;
  const month = di & 0xff;
  if (di >= 0xd120 && di < 0xd120 + MONTHS) return historyBlock(moment, month - 0x20);
  if (model.edition === '2018' && di >= 0xd200 && di < 0xd200 + MONTHS) return monthlyFreeze(moment, month);
  switch (di) {
    case 0x901f:
      return currentBlock(moment);
    case 0x9020:
      // The second reading block of 2004 is taken to be the latest settlement's value: no text of it was found.
      return historyBlock(moment, 0);
    case 0x907f:
      return model.noClock === null ? ownTime(moment) : null;
    case 0x8102:
      return state.prices;
    case 0x8103:
      return bcd(state.settlementDay, 1);
    case 0x8104:
      return bcd(state.readingDay, 1);
    default:
      return null;
  }
}
