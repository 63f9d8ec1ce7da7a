/** Fields that many schemas share. */
import { z } from 'zod';

/** Of what goes out: ISO 8601 in UTC. Null where there is none, or where a device told one that no calendar has. */
export const time = z.iso.datetime().nullable();

/** A reading's or a command's value. Null when unknown: never 0 instead. Integers beyond 2^53 are decimal strings. */
export const value = z.union([z.number(), z.boolean(), z.string().max(1_000), z.null()]);

export const seq = z.int().min(0);

/** A query is text: what reads as a whole number is one, and everything else is left for the schema to refuse. */
function fromQuery(raw: unknown): unknown {
  return typeof raw === 'string' && /^-?\d{1,16}$/.test(raw) ? Number(raw) : raw;
}

/** A whole number of a query. */
export function whole<S extends z.ZodType>(schema: S) {
  return z.preprocess(fromQuery, schema);
}

/** How many entries one answer has at most. */
export function limit(max: number, usual: number) {
  return whole(z.int().min(1).max(max).default(usual)).describe('So many at most');
}

/** The last instant that a calendar has (ECMA-262, 21.4.1.1). */
const LAST_MS = 8.64e15;

/** A plus that was not escaped in a query arrives as a space. */
function mendOffset(raw: unknown): unknown {
  return typeof raw === 'string' ? raw.replace(/ (?=\d\d:\d\d$)/, '+') : raw;
}

/** A time of a query: ISO 8601 with its offset, or Unix milliseconds. Unix milliseconds come out. */
export const queryTime = z
  .preprocess(
    (raw) => fromQuery(mendOffset(raw)),
    z.union([
      z.int().min(0).max(LAST_MS),
      z.iso.datetime({
        offset: true,
        error: 'a time is ISO 8601 with its offset, such as 2026-01-31T08:00:00+08:00, or Unix milliseconds',
      }),
    ]),
  )
  .transform((at) => (typeof at === 'number' ? at : Date.parse(at)))
  .describe('ISO 8601 with its offset, or Unix milliseconds');

/** Who asks. Nothing proves it until there is a log-in; the audit keeps it. */
export const by = z.string().trim().min(1).max(64).describe('Who asks');
