/** A schema's complaints in words: which key, what it must be, what it is. */
import { z } from 'zod';
import type { Finding } from './mistake.ts';
import { valueAt, type Path } from './path.ts';
import { keysAt, type SchemaNode } from './schema-keys.ts';
import { suggest } from './suggest.ts';

type Issue = z.core.$ZodIssue;

export type Checked<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly findings: Finding[]; readonly issues: Issue[] };

/** What was meant by an unknown key is looked for so often; a map of thousands must not hold the gateway. */
const MOST_HINTS = 20;

/** Checks `raw` against `schema`; every complaint becomes one finding, an unknown key one each. */
export function checkAgainst<S extends z.ZodType>(schema: S, raw: unknown): Checked<z.output<S>> {
  const result = schema.safeParse(raw, { reportInput: true });
  if (result.success) return { ok: true, value: result.data };
  const findings = result.error.issues.flatMap((issue) => describe(issue, schema, raw));
  return { ok: false, findings, issues: result.error.issues };
}

function describe(issue: Issue, schema: z.ZodType, raw: unknown): Finding[] {
  const path = issue.path.map((step) => (typeof step === 'symbol' ? String(step) : step));
  if (issue.code === 'unrecognized_keys') {
    const known = keysAt(z.toJSONSchema(schema, { io: 'input' }) as SchemaNode, raw, path);
    return issue.keys.map((key, index) => ({
      path: [...path, key],
      message: `unknown key ${JSON.stringify(key)}`,
      hint: index < MOST_HINTS ? suggest(key, known) : undefined,
      severity: 'error',
    }));
  }
  if (issue.code === 'invalid_union' && issue.errors.length > 0 && kindsOf(issue.errors).length === 0) {
    const nearest = issue.errors.reduce((a, b) => (b.length < a.length ? b : a));
    return nearest.flatMap((inner) => describe({ ...inner, path: [...issue.path, ...inner.path] }, schema, raw));
  }
  return [{ path, severity: 'error', ...inWords(issue, path, raw) }];
}

function inWords(issue: Issue, path: Path, raw: unknown): { message: string; hint?: string | undefined } {
  const name = nameOf(path);
  const value = valueAt(raw, path);
  // What was meant for a secret must not travel into a log.
  const found = value === undefined || path.at(-1) === 'password' ? '' : `, not ${shown(value)}`;
  const choices = choicesOf(issue);
  if (value === undefined && path.length > 0) {
    return { message: `${name} is missing`, hint: choices ? `one of ${choices.join(', ')}` : undefined };
  }
  if (choices) {
    return { message: `${name} must be one of ${choices.join(', ')}${found}`, hint: didYouMean(value, choices) };
  }
  const unquoted = issue.code === 'invalid_type' && issue.expected === 'string' && typeof value !== 'object';
  return { message: `${name} ${demandOf(issue)}${found}`, hint: unquoted ? 'put it in quotes' : undefined };
}

function demandOf(issue: Issue): string {
  switch (issue.code) {
    case 'invalid_type':
      return `must be ${KINDS[issue.expected] ?? issue.expected}`;
    case 'too_small':
      return limit(issue.origin, issue.minimum, 'at least');
    case 'too_big':
      return limit(issue.origin, issue.maximum, 'at most');
    case 'invalid_format':
      if (!issue.message.startsWith('Invalid')) return `is wrong: ${issue.message}`;
      return issue.format === 'regex' ? `must match ${issue.pattern ?? ''}` : `must be a valid ${issue.format}`;
    case 'not_multiple_of':
      return `must be a multiple of ${issue.divisor}`;
    case 'invalid_union': {
      const kinds = kindsOf(issue.errors);
      return kinds.length > 0 ? `must be ${KIND_LIST.format(kinds)}` : `is wrong: ${issue.message}`;
    }
    case 'custom':
    case 'invalid_value':
    case 'invalid_key':
    case 'invalid_element':
    case 'unrecognized_keys':
      return `is wrong: ${issue.message}`;
  }
}

const KIND_LIST = new Intl.ListFormat('en', { type: 'disjunction' });

/** What a choice takes, where its shapes differ by their kind alone, such as number or text; otherwise nothing. */
function kindsOf(shapes: readonly (readonly Issue[])[]): string[] {
  const kinds = shapes.map(([issue, ...more]) => {
    if (more.length > 0 || issue?.path.length !== 0) return [];
    if (issue.code === 'invalid_value') return issue.values.map(String);
    return issue.code === 'invalid_type' ? [KINDS[issue.expected] ?? issue.expected] : [];
  });
  return kinds.every(({ length }) => length > 0) ? [...new Set(kinds.flat())] : [];
}

const KINDS: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  null: 'nothing',
  array: 'a list',
  object: 'a map of keys and values',
  record: 'a map of keys and values',
};

function limit(origin: string, bound: number | bigint, words: string): string {
  if (origin === 'string')
    return bound === 1 ? 'must not be empty' : `must have ${words} ${bound.toString()} characters`;
  if (origin === 'array') return `must have ${words} ${bound.toString()} ${bound === 1 ? 'entry' : 'entries'}`;
  return `must be ${words} ${bound.toString()}`;
}

function choicesOf(issue: Issue): string[] | undefined {
  if (issue.code === 'invalid_value') return issue.values.map(String);
  // Of a choice by `type`; not in zod's own type of the issue.
  if (issue.code === 'invalid_union' && 'options' in issue && Array.isArray(issue.options))
    return issue.options.map(String);
  return undefined;
}

function didYouMean(value: unknown, choices: readonly string[]): string | undefined {
  const hint = typeof value === 'string' ? suggest(value, choices) : undefined;
  return hint?.startsWith('did you mean') === true ? hint : undefined;
}

function nameOf(path: Path): string {
  const last = path.at(-1);
  if (last === undefined) return 'the file';
  if (typeof last === 'string') return JSON.stringify(last);
  return `entry ${last + 1} of ${nameOf(path.slice(0, -1))}`;
}

function shown(value: unknown): string {
  if (value === null) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'a map';
  const text = JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
