/** A payload from outside as checked data, or why not and whom to tell. Pure; never throws. */
import type { z } from 'zod';
import { repeatedKey } from '../config/files/repeated-key.ts';
import { checkAgainst } from '../config/mistakes/issues.ts';
import { requestId } from './schemas.ts';

const MAX_BYTES = 16 * 1024;
/** How far into an unreadable payload its id is looked for. */
const ID_WITHIN_BYTES = 1_024;
/** More mistakes than these in one answer help nobody. */
const MOST_MISTAKES = 3;

/** `id`: what the payload calls itself, where that can be read. */
export type ReadPayload<T> = { readonly id: string | null } & ({ readonly data: T } | { readonly error: string });

/** `idKey`: which property of the payload names it. */
export function readPayload<T>(
  schema: z.ZodType<T>,
  payload: Uint8Array,
  idKey: 'commandId' | 'requestId',
): ReadPayload<T> {
  const id = findId(payload, idKey);
  const fail = (error: string) => ({ error, id });
  if (payload.length > MAX_BYTES) return fail(`longer than ${MAX_BYTES} bytes`);
  const json = parseJson(payload);
  if (json === undefined) return fail('not JSON');
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return fail('not a JSON object');
  const twice = repeatedKey(new TextDecoder().decode(payload));
  if (twice !== null) return fail(`the key ${JSON.stringify(twice)} stands twice`);
  const checked = checkAgainst(schema, json);
  if (checked.ok) return { data: checked.value, id };
  const mistakes = checked.findings.slice(0, MOST_MISTAKES);
  return fail(mistakes.map(({ message, hint }) => (hint === undefined ? message : `${message} (${hint})`)).join('; '));
}

/** Undefined: not JSON, which itself has no undefined. */
function parseJson(payload: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(payload));
  } catch {
    return undefined;
  }
}

function findId(payload: Uint8Array, idKey: string): string | null {
  const start = new TextDecoder().decode(payload.subarray(0, ID_WITHIN_BYTES));
  const found = new RegExp(`"${idKey}"\\s*:\\s*"([^"]*)"`).exec(start)?.[1];
  return requestId.safeParse(found).data ?? null;
}
