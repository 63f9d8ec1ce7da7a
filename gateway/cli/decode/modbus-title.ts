/** A Modbus frame in a few words. Pure. */
import type { FrameEntry } from './entry.ts';

const BROADCAST = 0;

export function modbusTitle({ fields }: FrameEntry): string {
  const name = typeof fields['function'] === 'string' ? fields['function'] : 'unknown function';
  const refused = fields['exception'] === undefined ? '' : ', refused';
  return `${directionOf(fields)}: ${name}${refused}`;
}

function directionOf({ direction, unit }: FrameEntry['fields']): string {
  const who = unit === BROADCAST ? 'all units' : `unit ${String(unit)}`;
  switch (direction) {
    case 'request':
      return `request to ${who}`;
    case 'reply':
      return `reply of ${who}`;
    default:
      return `request to ${who}, or the reply that repeats it`;
  }
}
