import { describe, expect, it } from 'vitest';
import type { AlarmFaults } from './alarms.ts';
import { isWhole, verdictLines } from './verdict.ts';

const run: AlarmFaults = {
  ...{ kills: { broker: 1, gateway: 2 }, minutes: 0.5, evidence: null, broken: null },
  judged: [{ findings: [], looked: '2 presses' }],
};

describe('the verdict', () => {
  it('says how many were killed, how long each took, and what was looked at', () => {
    expect(verdictLines(run)).toEqual([
      '3 kills (broker 1, gateway 2) in 0.5 min, 10.00 s each',
      '2 presses',
      '✓ nothing is missing',
    ]);
  });

  it('has no pace where nobody was killed', () => {
    expect(verdictLines({ ...run, kills: { gateway: 0 } })[0]).toBe('0 kills (gateway 0) in 0.5 min');
  });

  it('names what is missing, and how much more there is', () => {
    const findings = Array.from({ length: 23 }, (_, i) => `press ${i}`);
    const broken = { ...run, judged: [{ findings, looked: '2 presses' }] };
    expect(isWhole(broken)).toBe(false);
    expect(verdictLines(broken).slice(2)).toEqual([
      ...findings.slice(0, 20).map((each) => `✗ ${each}`),
      '✗ and 3 more',
    ]);
  });

  it.each([
    ['a process that ended by itself', { ...run, broken: 'gateway has ended by itself (code 70)' }],
    ['a run that came to no look', { ...run, judged: [] }],
  ])('is not good after %s', (_, ended) => {
    expect(isWhole(ended)).toBe(false);
    expect(verdictLines(ended)).not.toContain('✓ nothing is missing');
  });
});
