/** What can be judged of a profile, whether or not all of it fits the schema: one mistake must not hide the next. */
import { record } from '../../profile/record.ts';
import { dlt645ProfileSchema, type Dlt645Action, type Dlt645ProfileFile } from '../profile.ts';

/** A well-formed part and its place in the file. */
export interface Placed<T> {
  readonly index: number;
  readonly item: T;
}

export type DraftPoint = Dlt645ProfileFile['points'][number];

export interface Draft {
  readonly points: readonly Placed<DraftPoint>[];
  readonly actions: readonly Placed<Dlt645Action>[];
  /** All points fit the schema: what none of them is, is not there. */
  readonly hasAllPoints: boolean;
}

interface Parser<T> {
  safeParse(raw: unknown): { success: true; data: T } | { success: false };
}

const { shape } = dlt645ProfileSchema;

/** The well-formed parts of something that may not fit the schema. */
export function draftOf(raw: unknown): Draft {
  const file = record(raw);
  const rawPoints = list(file['points']);
  const points = wellFormed(rawPoints, shape.points.element);
  return {
    points,
    actions: wellFormed(list(file['actions']), shape.actions.unwrap().element),
    hasAllPoints: points.length === rawPoints.length,
  };
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function wellFormed<T>(items: readonly unknown[], parser: Parser<T>): readonly Placed<T>[] {
  return items.flatMap((raw, index) => {
    const parsed = parser.safeParse(raw);
    return parsed.success ? [{ index, item: parsed.data }] : [];
  });
}
