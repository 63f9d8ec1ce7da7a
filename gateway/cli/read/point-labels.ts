/** What a model has at each address: names for the bytes of its frames. Pure. */
import type { Profile } from '../../../drivers/contract.ts';
import type { Table } from '../../../drivers/modbus/profile.ts';
import { isModbusProfile } from '../profiles/modbus-profile.ts';

const FUNCTION_OF: Readonly<Record<Table, number>> = { coil: 1, discrete: 2, holding: 3, input: 4 };

/** A function of a function code and an address; a point of several registers stands at its first. */
export function pointLabels(profile: Profile): (fc: number, address: number) => string | undefined {
  if (!isModbusProfile(profile)) return () => undefined;
  const labels = new Map<string, string>();
  for (const { key, table, address, unit } of profile.points) {
    const place = `${FUNCTION_OF[table]} ${address}`;
    const label = unit === undefined ? key : `${key} (${unit})`;
    const before = labels.get(place);
    labels.set(place, before === undefined ? label : `${before}, ${label}`);
  }
  return (fc, address) => labels.get(`${fc} ${address}`);
}
