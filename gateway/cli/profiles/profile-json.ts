/** A profile in full, as JSON to be shown and sent on. Pure. */
import type { Profile } from '../../../drivers/contract.ts';

const HIDDEN = '***';

/** What a meter asks of whoever commands it (level, password, operator) is named, and stays in the profile's file. */
export function profileJson(profile: Profile): string {
  return JSON.stringify(profile, (name, value: unknown) => (name === 'credentials' ? hidden(value) : value));
}

function hidden(credentials: unknown): unknown {
  if (typeof credentials !== 'object' || credentials === null) return HIDDEN;
  return Object.fromEntries(Object.keys(credentials).map((name) => [name, HIDDEN]));
}
