/** Reads registers or bits as they stand, for a device whose model is not known. */
import { createCodec } from '../../../drivers/modbus/codec.ts';
import { Master } from '../../../drivers/modbus/master.ts';
import { DriverError } from '../../../drivers/errors.ts';
import { CliError, usageError } from '../exit.ts';
import type { Palette } from '../text/palette.ts';
import { rawLines } from './raw-lines.ts';
import { retrying } from './retrying.ts';
import type { Reader, ReadReport } from './reader.ts';

/** The most that one request may ask for: MODBUS Application Protocol V1.1b3, 6.1 to 6.4. */
const LIMITS = { maxRegisters: 125, maxBits: 2_000, evenRegisters: false };
const LAST_ADDRESS = 65_535;

/** One request. Rejects with CliError where it is not answered with values. */
export async function readRaw(reader: Reader, colours: Palette): Promise<ReadReport> {
  const { device, bus, link, options, exchanged } = reader;
  const { table, address, count } = options;
  if (table === undefined) throw usageError('which table?', '--table holding, for example');
  if (address === undefined)
    throw usageError('from which address?', '--address 0x2000, for example: as it stands on the wire');
  const isRegisters = table === 'holding' || table === 'input';
  if (isRegisters && count > LIMITS.maxRegisters)
    throw usageError(`one request reads at most ${LIMITS.maxRegisters} registers`);
  if (address + count - 1 > LAST_ADDRESS) throw usageError(`the last address is ${LAST_ADDRESS}`);
  const master = new Master(createCodec(), device.unit, LIMITS);
  try {
    const values = await retrying(bus.retries, () => master.read(link, table, address, count));
    return { view: { table, address, values }, lines: rawLines(address, values, colours), complete: true };
  } catch (error) {
    if (error instanceof DriverError) throw new CliError(error.message);
    throw error;
  } finally {
    exchanged();
  }
}
