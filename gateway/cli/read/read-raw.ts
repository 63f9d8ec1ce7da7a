/** Reads registers or bits as they stand, for a device whose model is not known. */
import { createCodec } from '../../../drivers/modbus/codec.ts';
import { Master } from '../../../drivers/modbus/master.ts';
import { DriverError } from '../../../drivers/errors.ts';
import { addressOf } from '../../config/open-session.ts';
import { CliError } from '../exit.ts';
import type { Palette } from '../text/palette.ts';
import { rawLines } from './raw-lines.ts';
import { RAW_LIMITS, type RawRequest } from './raw-request.ts';
import type { Reader, ReadReport } from './reader.ts';
import { retrying } from './retrying.ts';

/** One request. Rejects with CliError where it is not answered with values. */
export async function readRaw(reader: Reader, request: RawRequest, colours: Palette): Promise<ReadReport> {
  const { device, bus, link, exchanged } = reader;
  const { table, address, count } = request;
  const master = new Master(createCodec(), Number(addressOf(device)), RAW_LIMITS);
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
