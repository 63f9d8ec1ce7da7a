import { describe, expect, it } from 'vitest';
import type { AlarmRow } from '../store/rows.ts';
import { asksForRelease, isOpenedBy, releaseTargets } from './target.ts';

const AT = 1_700_000_000_000;
const FIRE = {
  ...{ alarm: 'fire-1--fire-alarm', source: 'fire-1', occurrenceId: 'o1', drill: false, raisedAt: AT, permit: null },
  ...{ active: true, acked: false, latched: true, shelved: false, suppressed: false, outOfService: false },
  raisedWhileSuppressed: false,
} as AlarmRow;
const asks = (changes: Partial<AlarmRow>) => asksForRelease({ ...FIRE, ...changes });
const permit = (since: number) => ({ outOfService: true, permit: { by: 'li', text: 'permit 12', since } });

describe('a fire alarm asks for release', () => {
  it.each([
    ['unacknowledged', {}, true],
    ['acknowledged', { acked: true }, true],
    ['gone and not reset', { active: false, acked: true }, true],
    ['gone and not acknowledged, of a type that does not latch', { active: false, latched: false }, true],
    ['normal', { active: false, latched: false, acked: true }, false],
    ['never raised', { occurrenceId: null }, false],
    ['a drill', { drill: true }, false],
    ['taken out of service after its raise', permit(AT + 1), true],
    ['raised while it was out of service', { ...permit(AT), raisedWhileSuppressed: true }, false],
    ['shelved after its raise', { shelved: true }, true],
    ['raised while it was shelved', { shelved: true, raisedWhileSuppressed: true }, false],
    ['shown again', { raisedWhileSuppressed: true }, true],
  ] as const)('%s: %s', (_, changes, isAsking) => {
    expect(asks(changes)).toBe(isAsking);
  });
});

it('the targets of a site: each once, for its zones or for all', () => {
  const targets = releaseTargets({
    alarms: ['fire.alarm'],
    confirmWithinS: 20,
    targets: [
      { device: 'gate', action: 'open' },
      { device: 'io', action: 'do0', value: false, sources: ['fire-1'] },
      { device: 'gate', action: 'open', value: 1 },
    ],
  });
  expect(targets.map(({ id, value }) => [id, value])).toEqual([
    ['gate/open', null],
    ['io/do0', false],
  ]);
  expect(targets.map((target) => isOpenedBy(target, { source: 'fire-1' }))).toEqual([true, true]);
  expect(targets.map((target) => isOpenedBy(target, { source: 'fire-2' }))).toEqual([true, false]);
  expect(releaseTargets(undefined)).toEqual([]);
});
