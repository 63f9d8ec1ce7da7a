/** Which items a misspelt identifier may mean. */
import type { Version } from '../control-codes.ts';
import { itemOf } from '../decode-item.ts';

const MOST = 3;
/** Zeros and Fs, which totals and blocks have, before the others. */
const HEX = '0F123456789ABCDE';

/** The items that one wrong digit, or two that changed places, lead to from one that is none. Starts with a semicolon, to end a message. */
export function nearItems(item: string, version: Version): string {
  const near = [...new Set([...swapped(item), ...oneDigitAway(item)])].flatMap((other) => {
    const known = itemOf(other, version);
    return known === null ? [] : [`${other} (${known.name})`];
  });
  return near.length === 0 ? '' : `; did you mean ${near.slice(0, MOST).join(', or ')}?`;
}

function swapped(item: string): string[] {
  return Array.from({ length: item.length - 1 }, (_, i) => {
    const [first = '', second = ''] = item.slice(i, i + 2);
    return item.slice(0, i) + second + first + item.slice(i + 2);
  });
}

function oneDigitAway(item: string): string[] {
  return Array.from(HEX, (digit) => Array.from(item, (_, i) => item.slice(0, i) + digit + item.slice(i + 1))).flat();
}
