/** Whatever stands in a table: every bad line is named, none hides another, and nothing throws. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeTable } from '../../config/files/decode-table.ts';
import type { Mistake } from '../../config/mistakes/mistake.ts';
import { GOOD_HOMES, GOOD_METERS } from '../../config/testing/metered-site.ts';
import { METER_COLUMNS, type MeterColumn } from './columns.ts';
import { readRegistry } from './read-registry.ts';

const RUNS = 300;
const ROWS = 24;
const COLUMNS = Object.keys(METER_COLUMNS) as MeterColumn[];

type Line = Partial<Record<MeterColumn, string>>;

const HOMES = ['id,building,room', ...Array.from({ length: ROWS }, (_, n) => `home-${n},1,${n}`)].join('\n');

/** Meters of every kind of source; every third one takes the place of the one before it. */
function goodLine(n: number): Line {
  const base = { number: `meter-${n}`, home: `home-${n}`, utility: 'gas', installedAt: '2024-05-01', initial: '1.5' };
  const bus = { bus: 'b', address: String(n), profile: 'p' };
  const kinds: readonly Line[] = [
    { ...base, removedAt: '2025-05-01', final: '7' },
    { ...base, home: `home-${n - 1}`, installedAt: '2025-05-02', replaces: `meter-${n - 1}`, ...bus },
    { ...base, device: 'd', point: `point${n}`, pulseWeight: '0.01' },
  ];
  return kinds[n % kinds.length] ?? base;
}

/** What breaks a line, whichever it is, and what must then be said of it. */
const BREAKS: readonly (readonly [said: string, broken: (line: Line) => Line])[] = [
  ['"number" is missing', (line) => ({ ...line, number: '' })],
  ['a spreadsheet has rounded it', (line) => ({ ...line, number: '1.23457E+11' })],
  ['"utility" must be a utility', (line) => ({ ...line, utility: 'steam' })],
  ['there is no home', (line) => ({ ...line, home: 'nowhere' })],
  ['"multiplier" must be', (line) => ({ ...line, multiplier: '0' })],
  ['"digits" must be', (line) => ({ ...line, digits: '99' })],
  ['its register cannot show', (line) => ({ ...line, initial: '12345678' })],
  ['"installedAt" must be', (line) => ({ ...line, installedAt: '45413' })],
  ['before it was installed', (line) => ({ ...line, removedAt: '1999-01-01', final: '2' })],
  ['to replace', (line) => ({ ...line, replaces: 'nobody' })],
  ['cannot replace itself', (line) => ({ ...line, replaces: line.number ?? '' })],
  ['is missing (bus, address', (line) => ({ ...line, device: '', point: '', pulseWeight: '', bus: '', address: '', profile: 'p' })],
  ['a quote stands inside', (line) => ({ ...line, location: 'a"b' })],
  ['cells, and there are', (line) => ({ ...line, 'serial.format': ',,' })],
]; // prettier-ignore

const fault = fc.record({ row: fc.nat(ROWS - 1), kind: fc.constantFrom(...BREAKS) });
const faults = fc.uniqueArray(fault, { selector: ({ row }) => row, minLength: 1, maxLength: ROWS });

function tableOf(lines: readonly Line[]): string {
  return [COLUMNS, ...lines.map((line) => COLUMNS.map((column) => line[column] ?? ''))].join('\n');
}

function read(text: string, homes: string | null = HOMES): readonly Mistake[] {
  const protocolOf = () => 'modbus';
  const table = homes === null ? null : { file: 'homes', text: homes };
  return readRegistry({ meters: [{ file: 'meters', text }], homes: table, protocolOf }).mistakes;
}

describe('a table of meters', { timeout: 60_000 }, () => {
  it('is good before it is broken', () => {
    expect(read(tableOf(Array.from({ length: ROWS }, (_, n) => goodLine(n))))).toEqual([]);
  });

  it('names each bad line, however many others are bad', () => {
    fc.assert(
      fc.property(faults, (broken) => {
        const lines = Array.from({ length: ROWS }, (_, n) => goodLine(n));
        for (const { row, kind } of broken) lines[row] = kind[1](goodLine(row));
        const mistakes = read(tableOf(lines));
        for (const { row, kind } of broken) {
          const ofLine = mistakes.filter(({ line }) => line === row + 2);
          const said = ofLine.map(({ message, hint }) => `${message} (${hint ?? ''})`).join('\n');
          expect(said).toContain(kind[0]);
        }
      }),
      { numRuns: RUNS },
    );
  });

  it('of any bytes gives rows or mistakes that have a place in it', () => {
    const good = Buffer.from(GOOD_METERS);
    const edit = fc.record({
      ...{ at: fc.nat(good.length), drop: fc.nat(12) },
      put: fc.oneof(
        fc.uint8Array({ maxLength: 8 }),
        fc.constantFrom(',', '"', '\n', '\r\n', ',,', '0', '-', '\ufeff', '１', 'E+11').map((text) => Buffer.from(text)),
      ),
    });
    fc.assert(
      fc.property(fc.array(edit, { minLength: 1, maxLength: 6 }), (edits) => {
        const bytes = edits.reduce<Buffer>(
          (now, { at, drop, put }) => Buffer.concat([now.subarray(0, at), put, now.subarray(at + drop)]),
          good,
        );
        const decoded = decodeTable(bytes);
        if (!decoded.ok) return decoded.spot.message !== '' && decoded.spot.line >= 1;
        const lines = decoded.text.split(/\r\n?|\n/).length;
        return read(decoded.text, GOOD_HOMES).every(
          ({ line, column, message }) => line >= 1 && line <= lines && column >= 1 && message !== '',
        );
      }),
      { numRuns: 2_000 },
    );
  });

  it('of any text ends', () => {
    const cell = fc.oneof(fc.string({ unit: 'binary', maxLength: 12 }), fc.constantFrom(...COLUMNS, '"', '2026-11-01', '1'));
    const text = fc.array(fc.array(cell, { maxLength: 8 }).map((cells) => cells.join(',')), { maxLength: 8 });
    fc.assert(fc.property(text, (rows) => Array.isArray(read(rows.join('\n'), rows.toReversed().join('\n')))), { numRuns: 1_000 });
  });
}); // prettier-ignore
