import { describe, expect, it } from 'vitest';
import type { AlarmLetter } from '../store/rows.ts';
import { testStep, type TestState } from './test-step.ts';

const HOUR = 3_600_000;
const NOW = 1_700_000_000_000;
const SETTINGS = { everyH: 24, missingAfterH: 72 };
const TESTED: TestState = { row: { letter: 'A' }, hasArrived: true, isHeard: true, testedAt: NOW, wasTested: true };

const step = (changes: Partial<TestState>, after = 0) => testStep({ ...TESTED, ...changes }, SETTINGS, NOW + after);
const drill = (letter: AlarmLetter, hasArrived: boolean) => step({ row: { letter }, hasArrived }).next;

describe('the drill of a lift', () => {
  it('begins at once where there never was one, and every 24 hours from the last', () => {
    expect(step({ row: undefined, wasTested: false }).next).toBe('begin');
    expect(step({}, 24 * HOUR - 1).next).toBeNull();
    expect(step({}, 24 * HOUR).next).toBe('begin');
  });

  it('begins although the clock was set back', () => {
    expect(step({}, -24 * HOUR).next).toBe('begin');
  });

  it("does not begin while the lift's module cannot be heard", () => {
    expect(step({ isHeard: false }, 30 * HOUR).next).toBeNull();
  });

  it.each([
    ['B', 'acknowledge'],
    ['C', 'end'],
    ['D', 'acknowledge'],
  ] as const)('in %s goes on only when what was told of it has arrived', (letter, next) => {
    expect([drill(letter, false), drill(letter, true)]).toEqual([null, next]);
  });

  it('that somebody has hidden waits', () => {
    expect((['E', 'F', 'G', 'H', 'I'] as const).map((letter) => drill(letter, true))).toEqual(Array(5).fill(null));
  });
});

it('a test is missing after 72 hours without one, whatever the drill does', () => {
  expect(step({ isHeard: false }, 72 * HOUR - 1).isMissing).toBe(false);
  expect(step({ isHeard: false }, 72 * HOUR).isMissing).toBe(true);
  expect(step({ row: { letter: 'B' }, hasArrived: false, wasTested: false }, 72 * HOUR).isMissing).toBe(true);
});
