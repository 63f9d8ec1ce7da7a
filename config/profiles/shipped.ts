/** For the tests beside it: the profiles of this folder, checked. */
import { readdirSync, readFileSync } from 'node:fs';
import type { Profile } from '../../drivers/contract.ts';
import { drivers } from '../../drivers/index.ts';
import { parseModbusProfile } from '../../drivers/modbus/parse-profile.ts';
import type { ModbusProfile } from '../../drivers/modbus/profile.ts';

const folder = new URL('./', import.meta.url);

/** Ids by file name, sorted; all, or those of one driver. */
export function shippedIds(driver?: string): readonly string[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .map((file) => file.replace('.json', ''))
    .filter((id) => driver === undefined || driverOf(id) === driver)
    .toSorted();
}

/** The raw JSON of a profile. */
export function shippedFile(id: string): unknown {
  return JSON.parse(readFileSync(new URL(`${id}.json`, folder), 'utf8'));
}

/** A profile without mistakes; throws where it has any. */
export function shipped(id: string): Profile {
  const result = drivers.find(({ name }) => name === driverOf(id))?.parseProfile(shippedFile(id));
  if (!result) throw new Error(`${id} is of no driver`);
  if (!result.ok) throw new Error(result.mistakes.map(({ message }) => message).join('\n'));
  return result.profile;
}

/** The same of a Modbus device, whose points have tables and addresses. */
export function shippedModbus(id: string): ModbusProfile {
  const result = parseModbusProfile(shippedFile(id));
  if (!result.ok) throw new Error(result.mistakes.map(({ message }) => message).join('\n'));
  return result.profile;
}

function driverOf(id: string): unknown {
  return (shippedFile(id) as { readonly driver?: unknown }).driver;
}
