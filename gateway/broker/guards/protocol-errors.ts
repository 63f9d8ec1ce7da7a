/** Why the library has ended a client's connection: what of it was the client's mistake. */
import { GuardError } from './guarded-stream.ts';
import type { Refusal } from './refusals.ts';

/** The library's words for what is nobody's mistake. */
const ORDINARY: ReadonlySet<string> = new Set(['keep alive timeout', 'connection closed']);

/** Null where nothing was refused, or where it has been counted: a guard's own error, a line that broke. */
export function refusalOf(error: Error): Refusal | null {
  // Errors of sockets have a code, those of the library a message only.
  if (error instanceof GuardError || 'code' in error || ORDINARY.has(error.message)) return null;
  return error.message === 'drain timeout' ? 'slow' : 'protocol';
}
