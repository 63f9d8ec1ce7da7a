/** Where a meter's register is to be found, as its line says it. */
import type { DecimalText } from '../model.ts';
import type { MeterColumn } from './columns.ts';
import { parseCode } from './parse-code.ts';
import { parsePositive } from './parse-number.ts';
import type { Known, RowReader } from './read-cells.ts';

export type Source =
  /** It is a device that is polled. `point`: null for the register of its utility. */
  | {
      readonly kind: 'line';
      readonly bus: string;
      readonly address: string;
      readonly profile: string;
      readonly point: string | null;
      readonly baud: string | null;
      readonly format: string | null;
    }
  /** It is a point of a device that stands elsewhere in the configuration. */
  | {
      readonly kind: 'point';
      readonly device: string;
      readonly point: string;
      readonly pulseWeight: DecimalText | null;
    };

const LINE = ['bus', 'address', 'profile'] as const satisfies MeterColumn[];
const POINT = ['device', 'point'] as const satisfies MeterColumn[];
const LINE_ONLY = ['serial.baud', 'serial.format'] as const satisfies MeterColumn[];

const KINDS = 'bus, address and profile; or device and point; or, where people read it, none of them';

/** Null where people read it. */
export function readSource(reader: RowReader<MeterColumn>): Known<Source> {
  const has = (columns: readonly MeterColumn[]) => columns.filter((column) => reader.has(column));
  const [line] = has(LINE);
  const [device] = has(['device']);
  if (line && device) {
    reader.say(
      device,
      `a meter has its own place on a bus, or is a point of a device: here are "${line}" and "device"`,
      KINDS,
    );
    return undefined;
  }
  if (line) return readLine(reader);
  const [idle] = has(LINE_ONLY);
  if (idle) reader.say(idle, `${JSON.stringify(idle)} is for a meter on a bus, and here is none`, KINDS);
  if (has([...POINT, 'pulseWeight']).length > 0) return readPoint(reader);
  return idle ? undefined : null;
}

function readLine(reader: RowReader<MeterColumn>): Known<Source> {
  const { optional, has, say } = reader;
  const [bus, address, profile] = LINE.map((column) => needed(column, reader));
  const point = optional('point', parseCode);
  const baud = optional('serial.baud', parseCode);
  const format = optional('serial.format', parseCode);
  if (has('pulseWeight')) {
    say('pulseWeight', 'a meter on a bus counts in its own unit', 'pulseWeight is for counters: with device and point');
    return undefined;
  }
  if (bus === undefined || address === undefined || profile === undefined) return undefined;
  if (point === undefined || baud === undefined || format === undefined) return undefined;
  return { kind: 'line', bus, address, profile, point, baud, format };
}

function readPoint(reader: RowReader<MeterColumn>): Known<Source> {
  const [device, point] = POINT.map((column) => needed(column, reader));
  const pulseWeight = reader.optional('pulseWeight', parsePositive);
  if (device === undefined || point === undefined || pulseWeight === undefined) return undefined;
  return { kind: 'point', device, point, pulseWeight };
}

function needed(column: MeterColumn, { optional, say }: RowReader<MeterColumn>): string | undefined {
  const text = optional(column, parseCode);
  if (text === null) say(column, `${JSON.stringify(column)} is missing`, KINDS);
  return text ?? undefined;
}
