/** For the tests beside it: the profiles of this folder, checked. */
import { readdirSync, readFileSync } from 'node:fs';
import { parseModbusProfile } from '../../drivers/modbus/parse-profile.ts';
import type { ModbusProfile } from '../../drivers/modbus/profile.ts';

const folder = new URL('./', import.meta.url);

/** Ids by file name, sorted. */
export function shippedIds(): readonly string[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .map((file) => file.replace('.json', ''))
    .toSorted();
}

/** The raw JSON of a profile. */
export function shippedFile(id: string): unknown {
  return JSON.parse(readFileSync(new URL(`${id}.json`, folder), 'utf8'));
}

/** A profile without mistakes; throws where it has any. */
export function shipped(id: string): ModbusProfile {
  const result = parseModbusProfile(shippedFile(id));
  if (!result.ok) throw new Error(result.mistakes.map(({ message }) => message).join('\n'));
  return result.profile;
}
