/** A point rule against one profile: its tests, or what is wrong with it. */
import type { Point, Profile } from '../../drivers/contract.ts';
import type { Finding } from '../config/mistakes/mistake.ts';
import { suggest } from '../config/mistakes/suggest.ts';
import type { TestTemplate } from './draft.ts';
import type { PointRule } from './rule-file.ts';

type Scalar = number | boolean | string;

/** A profile's point may carry its type on the wire; `bool` and `string` are those that are not numbers. */
interface TypedPoint extends Point {
  readonly type?: unknown;
}

export interface Templates {
  readonly tests: readonly TestTemplate[];
  /** Paths within the rule. */
  readonly findings: readonly Finding[];
}

export function templatesOf(rule: PointRule, profile: Profile): Templates {
  const keys = typeof rule.point === 'string' ? [rule.point] : rule.point;
  const all = keys.map((key, index): Templates => {
    const point = profile.points.find((candidate) => candidate.key === key);
    const path = typeof rule.point === 'string' ? ['point'] : ['point', index];
    if (point?.access === 'w')
      return wrong(path, `${key} of ${profile.id} is only written: it never has a value`, undefined);
    if (point) return templateOf(rule, point, profile);
    return wrong(
      path,
      `profile ${profile.id} has no point ${JSON.stringify(key)}`,
      suggest(
        key,
        profile.points.map((candidate) => candidate.key),
      ),
    );
  });
  return { tests: all.flatMap(({ tests }) => tests), findings: all.flatMap(({ findings }) => findings) };
}

function templateOf(rule: PointRule, point: TypedPoint, profile: Profile): Templates {
  const name = `${point.key} of ${profile.id}`;
  for (const kind of ['above', 'below'] as const) {
    const limit = rule[kind];
    if (limit === undefined) continue;
    if (kindOf(point) !== 'number' || point.enum) {
      return wrong([kind], `${name} is no quantity: it has no above or below`, 'use is or in');
    }
    const hysteresis = rule.hysteresis ?? 0;
    return {
      tests: [{ point: point.key, kind, limit: limit === 'per-device' ? null : limit, hysteresis }],
      findings: [],
    };
  }
  const listed = rule.in ?? (rule.is === undefined ? [] : [rule.is]);
  const values = listed.map((value, index) =>
    valueOf(value, point, name, rule.in === undefined ? ['is'] : ['in', index]),
  );
  const findings = values.filter((value) => typeof value === 'object');
  if (findings.length > 0) return { tests: [], findings };
  return {
    tests: [{ point: point.key, kind: 'in', values: values.filter((value) => typeof value !== 'object') }],
    findings: [],
  };
}

/** The value as a reading has it, which for an enumeration is the name; or what is wrong with it. */
function valueOf(value: Scalar, point: TypedPoint, name: string, path: Finding['path']): Scalar | Finding {
  if (point.enum) {
    const names = Object.entries(point.enum);
    const found = names.find(([number, text]) => text === value || Number(number) === value);
    if (found) return found[1];
    const hint =
      typeof value === 'string'
        ? suggest(
            value,
            names.map(([, text]) => text),
          )
        : `it has ${names.map(([number]) => number).join(', ')}`;
    return { path, message: `${name} has no value ${JSON.stringify(value)}`, hint, severity: 'error' };
  }
  const kind = kindOf(point);
  if (typeof value === kind) return value;
  const what = kind === 'boolean' ? 'true or false' : kind === 'string' ? 'text' : 'a number';
  return { path, message: `${name} is ${what}, never ${JSON.stringify(value)}`, severity: 'error' };
}

function kindOf(point: TypedPoint): 'boolean' | 'string' | 'number' {
  if (point.type === undefined) return point.role === 'level' || point.role === 'latch' ? 'boolean' : 'number';
  if (point.type === 'bool') return 'boolean';
  return point.type === 'string' ? 'string' : 'number';
}

function wrong(path: Finding['path'], message: string, hint: string | undefined): Templates {
  return { tests: [], findings: [{ path, message, hint, severity: 'error' }] };
}
