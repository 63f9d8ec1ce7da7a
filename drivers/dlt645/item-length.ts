/** How much data the reply to a read is expected to have; it sizes the reply time and the line's budget. */
import { sizeOf } from './format.ts';
import type { Item } from './item.ts';

/** A frame of a reply has at most so much data (2007: 5.2.5). */
const MAX_REPLY_DATA = 200;
/** An item that no table knows, or a text. */
const UNKNOWN_DATA = 16;
/** Of a block by tariff: four tariffs and their total are usual, whatever the standard has room for. */
const USUAL_TARIFFS = 5;
const MAX_USUAL_SERIES = 13;

/** Bytes of data of the first frame, of which the identifier takes `identifier`. */
export function expectedData(item: Item | null, identifier: number): number {
  return Math.min(MAX_REPLY_DATA, identifier + lengthOf(item));
}

function lengthOf(item: Item | null): number {
  switch (item?.shape) {
    case undefined:
      return UNKNOWN_DATA;
    case 'one':
      return sizeOf(item.format) ?? UNKNOWN_DATA;
    case 'series':
      return (sizeOf(item.format) ?? 1) * usualCount(item.labels);
    case 'record':
      return item.parts.reduce((sum, { format }) => sum + (sizeOf(format) ?? UNKNOWN_DATA), 0);
    case 'block':
      return MAX_REPLY_DATA;
  }
}

function usualCount(labels: readonly string[]): number {
  return labels[1] === 'tariff 1' ? USUAL_TARIFFS : Math.min(MAX_USUAL_SERIES, labels.length);
}
