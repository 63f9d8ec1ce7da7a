/** Registers as they stand, and what they could mean. Pure. */
import { float32Of, meantFloat32 } from '../../../drivers/bytes/float32.ts';
import type { Palette } from '../text/palette.ts';
import { table, type Column } from '../text/table.ts';

const REGISTER_COLUMNS: readonly Column[] = [
  { title: 'address', align: 'right' },
  { title: '', align: 'right' },
  { title: 'hex', align: 'right' },
  { title: 'u16', align: 'right' },
  { title: 'i16', align: 'right' },
  { title: 'u32 with next', align: 'right' },
  { title: 'f32 with next', align: 'right' },
  { title: 'text' },
];

const BIT_COLUMNS: readonly Column[] = [
  { title: 'address', align: 'right' },
  { title: '', align: 'right' },
  { title: 'bit' },
];

/** `values`: words as numbers or bits as booleans, the first at `address`. Pairs are read high word first. */
export function rawLines(address: number, values: readonly (number | boolean)[], colours: Palette): string[] {
  const words = values.filter((value) => typeof value === 'number');
  if (words.length < values.length) {
    const rows = values.map((value, index) => [...addressCells(address + index, colours), value === true ? '1' : '0']);
    return table(BIT_COLUMNS, rows, colours);
  }
  const rows = words.map((word, index) => {
    const next = words[index + 1];
    const pair = next === undefined ? null : word * 0x1_0000 + next;
    return [
      ...addressCells(address + index, colours),
      hexOf(word),
      String(word),
      String(word < 0x8000 ? word : word - 0x1_0000),
      pair === null ? '' : String(pair),
      pair === null ? '' : floatOf(pair),
      textOf(word),
    ];
  });
  return table(REGISTER_COLUMNS, rows, colours);
}

function addressCells(address: number, { name, faint }: Palette): [string, string] {
  return [name(String(address)), faint(`0x${hexOf(address)}`)];
}

function hexOf(word: number): string {
  return word.toString(16).toUpperCase().padStart(4, '0');
}

/** Only what could be a measured value: integers read as floats are vanishingly small or absurdly large. */
function floatOf(pair: number): string {
  const value = meantFloat32(float32Of(pair));
  const size = Math.abs(value);
  return value === 0 || (size >= 1e-6 && size < 1e12) ? String(value) : '';
}

function textOf(word: number): string {
  const characters = [word >>> 8, word & 0xff];
  return characters.every((code) => code >= 0x20 && code < 0x7f) ? String.fromCharCode(...characters) : '';
}
