/** One line of a table of meters, cell by cell. */
import type { TableRow } from '../../config/files/table.ts';
import type { Spot } from '../../config/mistakes/mistake.ts';
import type { BilledUnit, DecimalText, Utility } from '../model.ts';
import { UTILITIES } from '../rules/utilities.ts';
import type { MeterColumn } from './columns.ts';
import { readDial, type Dial } from './dial-cells.ts';
import { parseCode, parseWords } from './parse-code.ts';
import { parsePositive } from './parse-number.ts';
import { parseUnit, parseUtility } from './parse-utility.ts';
import { orElse, readCells, type Known, type RowReader } from './read-cells.ts';
import { readSource, type Source } from './source.ts';

/** A field is undefined where it could not be made out, which has been said. */
export interface MeterRow extends Dial {
  readonly row: TableRow<MeterColumn>;
  readonly file: string;
  readonly number: string;
  readonly home: Known<string>;
  readonly utility: Utility | undefined;
  readonly unit: BilledUnit | undefined;
  /** Null: people read it. */
  readonly source: Known<Source>;
  readonly multiplier: DecimalText | undefined;
  readonly replaces: Known<string>;
  readonly maxPerHour: Known<DecimalText>;
  readonly location: Known<string>;
}

/** `value` is null where the row has no number to know it by. */
export function readMeterRow(
  file: string,
  row: TableRow<MeterColumn>,
  lacks: ReadonlySet<MeterColumn>,
): { readonly value: MeterRow | null; readonly spots: readonly Spot[] } {
  const reader = readCells(row, lacks);
  const { optional, required } = reader;
  const number = required('number', parseCode);
  const source = readSource(reader);
  checkNumber(reader, number, source);
  const utility = required('utility', parseUtility);
  const fields = {
    home: optional('home', parseCode),
    ...{ utility, unit: readUnit(reader, utility) },
    source,
    multiplier: orElse(optional('multiplier', parsePositive), '1'),
    ...readDial(reader, source?.kind === 'point' ? source.pulseWeight : null),
    replaces: optional('replaces', parseCode),
    maxPerHour: optional('maxPerHour', parsePositive),
    location: optional('location', parseWords),
  };
  return { value: number === undefined ? null : { row, file, number, ...fields }, spots: reader.spots };
}

function readUnit({ optional }: RowReader<MeterColumn>, utility: Utility | undefined): BilledUnit | undefined {
  if (utility === undefined) return undefined;
  return orElse(
    optional('unit', (text) => parseUnit(text, utility)),
    UTILITIES[utility].unit,
  );
}

/** Of more digits a spreadsheet keeps the first fifteen, and writes zeros for the others. */
const CUT_TO_15 = /^\d{15}0{3,}$/;

/** What a spreadsheet may have done to a number. Of an address that lost its zeros its protocol tells. */
function checkNumber({ say }: RowReader<MeterColumn>, number: string | undefined, source: Known<Source>): void {
  if (number === undefined) return;
  if (CUT_TO_15.test(number)) {
    const message = `the number ${number} has nothing but zeros behind its 15th digit, as a spreadsheet cuts long numbers`;
    say('number', message, 'right only if they are on its plate; format the column as text', 'warning');
  }
  const address = source?.kind === 'line' ? source.address : '';
  if (/^0+[1-9]\d*$/.test(address) && address.replace(/^0+/, '') === number) {
    const hint = `${address}, if that is on its plate; format the column as text`;
    say('number', `the number ${number} lacks the zeros at the start of its address`, hint, 'warning');
  }
}
