import { describe, expect, it } from 'vitest';
import { alarmFileSchema } from './rule-file.ts';

const TYPE = {
  ...{ nameZh: '水泵故障', nameEn: 'Pump fault', guidanceZh: '查看' },
  ...{ priority: 3, onDelayMs: 0, offDelayMs: 0, latching: false },
};
const RULE = { type: 'pump.fault', profile: 'p', point: 'status', is: 4 };
const withType = (changes: object) => ({ types: { 'pump.fault': { ...TYPE, ...changes } } });
const withRule = (changes: object) => ({ types: {}, rules: { points: [{ ...RULE, ...changes }] } });

describe('the rule file', () => {
  it('needs types, and may do without rules', () => {
    expect(alarmFileSchema.parse(withType({})).rules).toEqual({ points: [], devices: [], buses: [], suppression: {} });
    expect(alarmFileSchema.safeParse({}).success).toBe(false);
  });

  it.each([
    ['an unknown key of a type', withType({ prioritty: 2 }), ['types', 'pump.fault']],
    ['a priority beyond 4', withType({ priority: 5 }), ['types', 'pump.fault', 'priority']],
    ['a negative delay', withType({ onDelayMs: -1 }), ['types', 'pump.fault', 'onDelayMs']],
    ['a delay of half a millisecond', withType({ onDelayMs: 0.5 }), ['types', 'pump.fault', 'onDelayMs']],
    ['a SIA code of three letters', withType({ sia: 'ABC' }), ['types', 'pump.fault', 'sia']],
    ['a type without a name', withType({ nameZh: '' }), ['types', 'pump.fault', 'nameZh']],
    ['a type name of one word', { types: { pump: TYPE } }, ['types', 'pump']],
    ['an unknown key of a rule', withRule({ abvoe: 3 }), ['rules', 'points', 0]],
    ['a rule without a test', withRule({ is: undefined }), ['rules', 'points', 0]],
    ['a rule with two tests', withRule({ above: 3 }), ['rules', 'points', 0]],
    ['a hysteresis of what has no limit', withRule({ hysteresis: 1 }), ['rules', 'points', 0, 'hysteresis']],
    ['a negative hysteresis', withRule({ is: undefined, above: 1, hysteresis: -1 }), ['rules', 'points', 0, 'hysteresis']], // prettier-ignore
    ['a limit that is a word', withRule({ is: undefined, above: 'high' }), ['rules', 'points', 0, 'above']],
    ['an empty list of points', withRule({ point: [] }), ['rules', 'points', 0, 'point']],
    ['a channel that is no topic segment', withRule({ channel: 'a/b' }), ['rules', 'points', 0, 'channel']],
    ['a name in set', withRule({ set: { nameZh: 'x' } }), ['rules', 'points', 0, 'set']],
    ['another device state', { types: {}, rules: { devices: [{ type: 'device.offline', state: 'slow' }] } }, ['rules', 'devices', 0, 'state']], // prettier-ignore
  ])('refuses %s', (_, file, path) => {
    const { error } = alarmFileSchema.safeParse(file);
    expect(error?.issues.map((issue) => issue.path)).toEqual([path]);
  });
});
