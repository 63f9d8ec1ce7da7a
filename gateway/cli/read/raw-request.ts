/** Which registers or bits a command line asks for. Pure. */
import type { Table } from '../../../drivers/modbus/profile.ts';
import { usageError } from '../exit.ts';
import type { ReadOptions } from './options.ts';

export interface RawRequest {
  readonly table: Table;
  readonly address: number;
  readonly count: number;
}

/** The most that one request may ask for: MODBUS Application Protocol V1.1b3, 6.1 to 6.4. */
export const RAW_LIMITS = { maxRegisters: 125, maxBits: 2_000, evenRegisters: false };
const LAST_ADDRESS = 65_535;

/** Null where no table is named. Throws CliError where the rest does not go with it. */
export function rawRequestOf({ table, address, count }: ReadOptions): RawRequest | null {
  if (table === undefined) {
    if (address !== undefined) throw usageError('which table?', '--table holding, for example');
    return null;
  }
  if (address === undefined)
    throw usageError('from which address?', '--address 0x2000, for example: as it stands on the wire');
  const isRegisters = table === 'holding' || table === 'input';
  const most = isRegisters ? RAW_LIMITS.maxRegisters : RAW_LIMITS.maxBits;
  if (count > most) throw usageError(`one request reads at most ${most} of the table ${table}`);
  if (address + count - 1 > LAST_ADDRESS) throw usageError(`the last address is ${LAST_ADDRESS}`);
  return { table, address, count };
}
