import { describe, expect, it } from 'vitest';
import type { CommandSpec, Value } from '../../drivers/contract.ts';
import { closedBy } from './hold.ts';
import type { ReleaseTarget } from './target.ts';

const target = (action: string, value: Value = null): ReleaseTarget => ({
  ...{ id: `gate/${action}`, device: 'gate', action, value, sources: null },
});
const OPEN = target('open');
const LOCK = target('do0', false);

const named = (passage?: CommandSpec['passage']) => ({ passage });
const closes = (held: readonly ReleaseTarget[], action: string, value: Value, spec: Partial<CommandSpec>) =>
  closedBy(held, { action, value }, { action, nameZh: '', ...spec }) !== undefined;
const SWITCH = { value: { type: 'boolean' } } as const;

describe('a barrier that is held open', () => {
  it.each([
    ['open', named('opens'), false],
    ['openWide', named('opens'), false],
    ['close', named('closes'), true],
    ['stop', named('stops'), true],
    ['pedestrian', named(), true],
  ] as const)('%s', (action, spec, isRefused) => {
    expect(closes([OPEN], action, null, spec)).toBe(isRefused);
  });

  it('lets pass what is written to a point of its own', () => {
    expect(closes([OPEN], 'lamp', true, SWITCH)).toBe(false);
  });
});

describe('a lock that is held open by a point', () => {
  it('keeps its value, and the other points of its module are free', () => {
    expect(closes([LOCK], 'do0', false, SWITCH)).toBe(false);
    expect(closes([LOCK], 'do0', true, SWITCH)).toBe(true);
    expect(closes([LOCK], 'do1', true, SWITCH)).toBe(false);
  });

  it('is not closed by an action of its device either', () => {
    expect(closes([LOCK], 'close', null, named('closes'))).toBe(true);
    expect(closes([LOCK], 'beep', null, named())).toBe(false);
  });
});

it('what is not held is free, and each of two targets of a device may be asked', () => {
  expect(closes([], 'close', null, named('closes'))).toBe(false);
  expect(closes([OPEN, target('unlock')], 'unlock', null, named())).toBe(false);
});
