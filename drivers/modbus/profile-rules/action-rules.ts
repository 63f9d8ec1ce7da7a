/** Rules on what actions and setup refer to: the point must exist, allow it, and be able to hold the value. */
import type { ProfileMistake } from '../../contract.ts';
import type { ModbusAction, ModbusPoint } from '../profile.ts';
import type { Draft, Placed } from './draft.ts';
import { extentOf, rawRange } from './extent.ts';
import { suggestion } from '../../profile/suggest.ts';

type Scalar = number | boolean;
type Path = readonly (string | number)[];
type Use = 'read' | 'written' | 'read and written';

interface Judge {
  /** The point that `key` names, if `use` of it is allowed; reports otherwise. */
  point(key: string, use: Use, path: Path): ModbusPoint | undefined;
  value(point: ModbusPoint | undefined, value: Scalar, path: Path): void;
  report(path: Path, text: string): void;
}

/** Checks the actions and the setup of `draft`. */
export function actionMistakes(draft: Draft): readonly ProfileMistake[] {
  return [
    ...draft.actions.flatMap((action) =>
      judged(draft, `action ${action.item.key}`, (judge) => judgeAction(action, judge)),
    ),
    ...draft.setup.flatMap(({ index, item }) =>
      judged(draft, `setup of ${item.point}`, (judge) => {
        const point = judge.point(item.point, 'read and written', ['setup', index, 'point']);
        judge.value(point, item.value, ['setup', index, 'value']);
      }),
    ),
  ];
}

function judgeAction({ index, item }: Placed<ModbusAction>, judge: Judge): void {
  const at = ['actions', index];
  item.steps.forEach((step, number) => judgeStep(step, [...at, 'steps', number], judge));
  if (item.unless !== undefined) {
    const point = judge.point(item.unless.point, 'read', [...at, 'unless', 'point']);
    judge.value(point, item.unless.equals, [...at, 'unless', 'equals']);
  }
  if (item.confirm === undefined) return;
  const { point: key, in: values } = item.confirm;
  const point = judge.point(key, 'read', [...at, 'confirm', 'point']);
  values.forEach((value, number) => judge.value(point, value, [...at, 'confirm', 'in', number]));
  if (item.steps.some((step) => targetOf(step) === key)) {
    judge.report(
      [...at, 'confirm', 'point'],
      `is confirmed by ${key}, which it writes: an echo proves nothing, name a point that shows the effect`,
    );
  }
}

function judgeStep(step: ModbusAction['steps'][number], at: Path, judge: Judge): void {
  const point = judge.point(targetOf(step), 'written', [...at, 'pulse' in step ? 'pulse' : 'write']);
  if ('value' in step) judge.value(point, step.value, [...at, 'value']);
  if (point === undefined) return;
  if ('pulse' in step && point.type !== 'bool') {
    judge.report([...at, 'pulse'], `pulses ${point.key}, which is ${point.type}: only a bool can be pulsed`);
  }
  if ('words' in step && (point.table !== 'holding' || step.words.length !== extentOf(point))) {
    const place = point.table === 'holding' ? `${extentOf(point)} registers` : `a ${point.table}`;
    judge.report([...at, 'words'], `writes ${step.words.length} words to ${point.key}, which is ${place}`);
  }
}

/** The point that `step` writes. */
export function targetOf(step: ModbusAction['steps'][number]): string {
  return 'pulse' in step ? step.pulse : step.write;
}

function judged(draft: Draft, who: string, work: (judge: Judge) => void): readonly ProfileMistake[] {
  const mistakes: ProfileMistake[] = [];
  const report = (path: Path, text: string): void => void mistakes.push({ path, message: `${who}: ${text}` });
  work({
    report,
    point: (key, use, path) => {
      const point = draft.points.find(({ item }) => item.key === key)?.item;
      const why = point === undefined ? unknownPoint(draft, key) : forbids(point, use);
      if (why !== undefined) report(path, why);
      return why === undefined ? point : undefined;
    },
    value: (point, value, path) => {
      const why = point === undefined ? undefined : cannotHold(point, value);
      if (why !== undefined) report(path, why);
    },
  });
  return mistakes;
}

function unknownPoint(draft: Draft, key: string): string | undefined {
  if (draft.malformed.has(key)) return undefined;
  const keys = draft.points.map(({ item }) => item.key);
  return `unknown point "${key}"${suggestion(key, keys, 'points')}`;
}

function forbids({ key, access }: ModbusPoint, use: Use): string | undefined {
  const lacks = (use !== 'written' && access === 'w') || (use !== 'read' && access === 'r');
  if (!lacks) return undefined;
  const needed = use === 'read' ? 'r or rw' : use === 'written' ? 'w or rw' : 'rw';
  return `${key} has access ${access} and must be ${use}: it needs ${needed}`;
}

/** Why `point` cannot have `value`, in the point's unit; undefined if it can. */
function cannotHold(point: ModbusPoint, value: Scalar): string | undefined {
  const { key, type, min, max } = point;
  if (type === 'string') return `${key} is a string and can be compared with no number or bool`;
  if ((type === 'bool') !== (typeof value === 'boolean')) {
    return `${key} is ${type === 'bool' ? 'a bool: true or false' : 'a number'}, not ${JSON.stringify(value)}`;
  }
  if (typeof value === 'boolean') return undefined;
  if (point.enum !== undefined) {
    const allowed = Object.keys(point.enum);
    return allowed.includes(String(value)) ? undefined : `${value} is not in the enum of ${key}: ${allowed.join(', ')}`;
  }
  const [low, high] = engineeringRange(point);
  const from = Math.max(low, min ?? low);
  const to = Math.min(high, max ?? high);
  return value >= from && value <= to ? undefined : `${value} is outside ${from} to ${to}, the range of ${key}`;
}

function engineeringRange(point: ModbusPoint): readonly [number, number] {
  const [low, high] = rawRange(point) ?? [0, 0];
  const scale = point.scale ?? 1;
  const ends = [low * scale + point.offset, high * scale + point.offset] as const;
  return [Math.min(...ends), Math.max(...ends)];
}
