/** The CJ/T 188 addresses of a list that somebody has: a table such as meters.csv, or numbers, one a line. Pure. */
import { meterAddressing } from '../../../../drivers/cjt188/meter-address.ts';
import { readTable } from '../../../config/files/table.ts';
import { METER_COLUMNS, type MeterColumn } from '../../../metering/registry/columns.ts';
import { usageError } from '../../exit.ts';

const COLUMNS = { all: Object.keys(METER_COLUMNS) as MeterColumn[], required: ['address'] as const };

/** Meters of other protocols in a table are passed over. Throws CliError where it has none, or a number is no address. */
export function listedAddresses(text: string): readonly string[] {
  const table = readTable(text, COLUMNS);
  const isTable = table.header?.columns.has('address') === true;
  const addresses = isTable
    ? table.rows.flatMap(({ cells }) => addressOf(cells.get('address')?.text ?? '') ?? [])
    : text.split(/\r?\n/).flatMap((line) => (line.trim() === '' ? [] : [numberOf(line.trim())]));
  if (addresses.length > 0) return [...new Set(addresses)];
  throw usageError('the list has no CJ/T 188 address', 'a column "address" as in meters.csv, or 14 digits a line');
}

function addressOf(text: string): string | null {
  const parsed = meterAddressing.parse(text, 'serial');
  return parsed.ok ? parsed.address : null;
}

function numberOf(text: string): string {
  const parsed = meterAddressing.parse(text, 'serial');
  if (!parsed.ok) throw usageError(`the list: ${parsed.message}`, parsed.hint);
  return parsed.address;
}
