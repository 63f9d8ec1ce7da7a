/** What to write so that a point has a value. */
import type { Value } from '../contract.ts';
import { decodePoint } from './decode.ts';
import { extentOf, isRegisterTable } from './profile-rules/extent.ts';
import type { ModbusPoint } from './profile.ts';
import { rawPattern } from './raw-pattern.ts';
import { arrange } from './word-order.ts';

export type Encoded =
  /** Holding registers as they go on the wire. */
  | { readonly ok: true; readonly words: readonly number[] }
  /** A coil. */
  | { readonly ok: true; readonly bits: readonly boolean[] }
  /** Some bits of a register: its other bits are to be kept. */
  | { readonly ok: true; readonly mask: RegisterMask }
  | { readonly ok: false; readonly message: string };

/** The new register is (old AND and) OR (or AND NOT and), as FC 22 has it (V1.1b3, 6.16). */
export interface RegisterMask {
  readonly and: number;
  readonly or: number;
}

/**
 * Encodes `value` (in the point's unit; for an enum its name or number) for a write to the point's address. Refuses what
 * the point does not allow or cannot hold: nothing is rounded.
 */
export function encodePoint(point: ModbusPoint, value: Value): Encoded {
  const refuse = (reason: string): Encoded => ({ ok: false, message: `${point.key}: ${reason}` });
  if (point.access === 'r' || point.table === 'input' || point.table === 'discrete') return refuse('cannot be written');
  const raw = rawPattern(point, value);
  if (!raw.ok) return refuse(raw.reason);
  if (!isRegisterTable(point.table)) return { ok: true, bits: [raw.pattern !== 0n] };
  if (point.bit === undefined) return { ok: true, words: arrange(point, wordsOf(raw.pattern, extentOf(point))) };
  const field = (2 ** point.width - 1) << point.bit;
  const [and = 0] = arrange(point, [~field & 0xffff]);
  const [or = 0] = arrange(point, [Number(raw.pattern) << point.bit]);
  return { ok: true, mask: { and, or } };
}

/** The register after `mask` was applied to `register`. */
export function applyMask({ and, or }: RegisterMask, register: number): number {
  return (register & and) | (or & ~and);
}

/**
 * Whether what was read back means what was wanted. Other bits of a register, and patterns that mean the same, do not
 * matter. Words that mean no value have to be the same words.
 */
export function sameValue(
  point: ModbusPoint,
  wanted: readonly number[] | readonly boolean[],
  readBack: readonly number[] | readonly boolean[],
): boolean {
  const [asked, found] = [decodePoint(point, wanted), decodePoint(point, readBack)];
  return asked.quality === 'bad' ? wanted.every((word, i) => word === readBack[i]) : asked.value === found.value;
}

/** Most significant first. */
function wordsOf(pattern: bigint, count: number): number[] {
  return Array.from({ length: count }, (_, i) => Number((pattern >> BigInt(16 * (count - 1 - i))) & 0xffffn));
}
