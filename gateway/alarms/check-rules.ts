/** The point rules against the types and profiles that they name, once for the whole site. */
import type { Profile } from '../../drivers/contract.ts';
import { suggest } from '../config/mistakes/suggest.ts';
import { checkSuppression } from './check-suppression.ts';
import { at, own, type AlarmMistake, type TestTemplate } from './draft.ts';
import type { AlarmFile, PointRule } from './rule-file.ts';
import { templatesOf } from './rule-tests.ts';

/** A point rule with its tests for each profile that it names; without those that have mistakes. */
export interface CheckedRule {
  readonly rule: PointRule;
  readonly index: number;
  readonly tests: ReadonlyMap<string, readonly TestTemplate[]>;
}

export interface CheckedRules {
  readonly rules: readonly CheckedRule[];
  readonly mistakes: readonly AlarmMistake[];
}

export function checkRules(file: AlarmFile, profiles: ReadonlyMap<string, Profile>): CheckedRules {
  const points = file.rules.points.map((rule, index) => checkRule(rule, index, profiles));
  const types = (['points', 'devices', 'buses'] as const).flatMap((kind) =>
    file.rules[kind].flatMap(({ type }, index) => unknownType(file, type, ['rules', kind, index, 'type'])),
  );
  return {
    rules: points.flatMap(({ rules }) => rules),
    mistakes: [...types, ...checkSuppression(file), ...points.flatMap(({ mistakes }) => mistakes)],
  };
}

function checkRule(rule: PointRule, index: number, profiles: ReadonlyMap<string, Profile>): CheckedRules {
  const tests = new Map<string, readonly TestTemplate[]>();
  const mistakes: AlarmMistake[] = [];
  const named = typeof rule.profile === 'string' ? [rule.profile] : rule.profile;
  for (const [position, id] of named.entries()) {
    const profile = profiles.get(id);
    const checked = profile
      ? templatesOf(rule, profile)
      : { tests: [], findings: [unknownProfile(rule, position, id, [...profiles.keys()])] };
    mistakes.push(...at('rules', ['rules', 'points', index], checked.findings));
    if (checked.findings.length === 0) tests.set(id, checked.tests);
  }
  return { rules: [{ rule, index, tests }], mistakes };
}

function unknownProfile(rule: PointRule, position: number, id: string, ids: readonly string[]) {
  return {
    path: typeof rule.profile === 'string' ? ['profile'] : ['profile', position],
    message: `there is no profile ${JSON.stringify(id)}`,
    hint: suggest(id, ids),
    severity: 'error' as const,
  };
}

function unknownType(file: AlarmFile, type: string, path: AlarmMistake['path']): AlarmMistake[] {
  if (own(file.types, type)) return [];
  const message = `there is no alarm type ${JSON.stringify(type)}`;
  return [{ file: 'rules', path, message, hint: suggest(type, Object.keys(file.types)), severity: 'error' }];
}
