/** What the schema finds wrong, in words that name the place and say what would be right. */
import { z } from 'zod';
import type { ProfileMistake } from '../contract.ts';
import { placeOf, valueAt } from './place.ts';
import { nearName, suggestion } from './suggest.ts';

type Issue = z.core.$ZodIssue;

/** One mistake per thing that is wrong; `raw` is what was parsed by `schema`. */
export function schemaMistakes(schema: z.ZodType, issues: readonly Issue[], raw: unknown): readonly ProfileMistake[] {
  return issues.flatMap((issue) => mistakesOf(schema, issue, raw));
}

function mistakesOf(schema: z.ZodType, issue: Issue, raw: unknown): readonly ProfileMistake[] {
  const at = (path: readonly PropertyKey[], text: string): ProfileMistake => ({
    path: path.map((step) => (typeof step === 'number' ? step : String(step))),
    message: placeOf(raw, path) + text,
  });
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => at([...issue.path, key], unknownKey(schema, key, issue.path)));
    case 'invalid_union':
      return nearestBranch(issue).flatMap((inner) =>
        mistakesOf(schema, { ...inner, path: [...issue.path, ...inner.path] }, raw),
      );
    case 'invalid_value':
      return [at(issue.path, unknownValue(fieldOf(issue.path), valueAt(raw, issue.path), issue.values.map(String)))];
    default:
      return [at(issue.path, `${fieldOf(issue.path)}: ${plainWords(issue, valueAt(raw, issue.path))}`)];
  }
}

function fieldOf(path: readonly PropertyKey[]): string {
  return path.length === 0 ? 'the profile' : String(path.at(-1));
}

function plainWords(issue: Issue, value: unknown): string {
  // Of a key that is none of its map's, the value says nothing.
  if (issue.code === 'invalid_key') {
    return issue.issues
      .map((inner) => ('pattern' in inner ? `as a key it must match ${inner.pattern}` : inner.message))
      .join(', ');
  }
  if (value === undefined) return 'is missing';
  const found = typeof value === 'object' ? '' : `, not ${JSON.stringify(value)}`;
  switch (issue.code) {
    case 'too_big':
      return issue.origin === 'number' || issue.origin === 'int' ? `at most ${issue.maximum}${found}` : issue.message;
    case 'too_small':
      return issue.origin === 'number' || issue.origin === 'int' ? `at least ${issue.minimum}${found}` : issue.message;
    case 'invalid_type':
      return `must be ${KINDS[issue.expected] ?? issue.expected}${found}`;
    default:
      return issue.message;
  }
}

const KINDS: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a map of keys and values',
  record: 'a map of keys and values',
};

function unknownValue(field: string, value: unknown, allowed: readonly string[]): string {
  if (value === undefined) return `${field} is missing; one of ${allowed.join(', ')}`;
  const meant = typeof value === 'string' ? nearName(value, allowed) : null;
  // Of names as short as a unit every other one is near.
  const hint = meant === null || meant.length <= 2 ? '' : `; did you mean "${meant}"?`;
  return `unknown ${field} ${JSON.stringify(value)}; one of ${allowed.join(', ')}${hint}`;
}

function unknownKey(schema: z.ZodType, key: string, path: readonly PropertyKey[]): string {
  return `unknown key "${key}"${suggestion(key, keysAt(schema, path), 'keys')}`;
}

/** The alternative that least is wrong with: what its author will have meant. */
function nearestBranch(issue: z.core.$ZodIssueInvalidUnion): readonly Issue[] {
  return issue.errors.toSorted((a, b) => weight(a) - weight(b))[0] ?? [];
}

function weight(issues: readonly Issue[]): number {
  return issues.reduce((sum, issue) => sum + (issue.code === 'unrecognized_keys' ? issue.keys.length : 1), 0);
}

/** Every key that the schema knows at `path`. */
function keysAt(schema: unknown, path: readonly PropertyKey[]): readonly string[] {
  if (schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault || schema instanceof z.ZodOptional) {
    return keysAt(schema.unwrap(), path);
  }
  if (schema instanceof z.ZodUnion) return schema.options.flatMap((option) => keysAt(option, path));
  const [step, ...rest] = path;
  if (schema instanceof z.ZodArray) return keysAt(schema.element, rest);
  if (!(schema instanceof z.ZodObject)) return [];
  const shape = schema.shape as Readonly<Record<string, unknown>>;
  return step === undefined ? Object.keys(shape) : keysAt(shape[String(step)], rest);
}
