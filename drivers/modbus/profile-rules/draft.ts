/** What can be judged of a profile, whether or not all of it fits the schema: one mistake must not hide the next. */
import { record } from '../../profile/record.ts';
import { modbusProfileSchema, type ModbusAction, type ModbusPoint, type ModbusProfileFile } from '../profile.ts';

/** A well-formed part and its place in the file. */
export interface Placed<T> {
  readonly index: number;
  readonly item: T;
}

export interface Draft {
  readonly points: readonly Placed<ModbusPoint>[];
  readonly actions: readonly Placed<ModbusAction>[];
  readonly setup: readonly Placed<ModbusProfileFile['setup'][number]>[];
  readonly limits: ModbusProfileFile['limits'];
  /** Keys of points that do not fit the schema: a reference to one of them is no second mistake. */
  readonly malformed: ReadonlySet<string>;
}

interface Parser<T> {
  safeParse(raw: unknown): { success: true; data: T } | { success: false };
}

const { shape } = modbusProfileSchema;

/** A profile that fits the schema. */
export function wholeDraft(file: ModbusProfileFile): Draft {
  return {
    points: placed(file.points),
    actions: placed(file.actions),
    setup: placed(file.setup),
    limits: file.limits,
    malformed: new Set(),
  };
}

/** The well-formed parts of something that does not fit the schema. */
export function salvage(raw: unknown): Draft {
  const file = record(raw);
  const rawPoints = list(file['points']);
  const points = wellFormed(rawPoints, shape.points.element);
  const kept = new Set(points.map(({ index }) => index));
  const limits = shape.limits.safeParse(file['limits']);
  return {
    points,
    actions: wellFormed(list(file['actions']), shape.actions.unwrap().element),
    setup: wellFormed(list(file['setup']), shape.setup.unwrap().element),
    limits: limits.success ? limits.data : shape.limits.parse({}),
    malformed: new Set(rawPoints.filter((_, index) => !kept.has(index)).map((point) => String(record(point)['key']))),
  };
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function placed<T>(items: readonly T[]): readonly Placed<T>[] {
  return items.map((item, index) => ({ index, item }));
}

function wellFormed<T>(items: readonly unknown[], parser: Parser<T>): readonly Placed<T>[] {
  return items.flatMap((raw, index) => {
    const parsed = parser.safeParse(raw);
    return parsed.success ? [{ index, item: parsed.data }] : [];
  });
}
