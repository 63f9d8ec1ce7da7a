import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { phaseOf, Schedule } from './schedule.ts';

describe('Schedule', () => {
  it('hands out the block with the earliest deadline, and nothing before its time', () => {
    const schedule = new Schedule();
    schedule.add({ key: 'slow', periodMs: 1_000 }, 0, 0);
    schedule.add({ key: 'late', periodMs: 1_000 }, 5, 0);
    expect(schedule.takeDue(4)?.key).toBe('slow');
    expect(schedule.takeDue(4)).toBeNull();
    expect(schedule.nextDue()).toBe(5);
  });

  it('has at most one poll of a block outstanding, however late it is', () => {
    const schedule = new Schedule();
    schedule.add({ key: 'a', periodMs: 100 }, 0, 0);
    expect(schedule.takeDue(0)?.key).toBe('a');
    expect(schedule.takeDue(10_000)).toBeNull();
  });

  it('asks sooner for a long period whose poll failed, and is back on its phase after that', () => {
    const schedule = new Schedule();
    const hour = 3_600_000;
    schedule.add({ key: 'meter', periodMs: hour }, 0, 0);
    const phase = phaseOf('meter') * hour;
    schedule.takeDue(0);
    schedule.finished('meter', 100, true);
    const again = schedule.nextDue() ?? NaN;
    expect(again).toBe(Math.min(phase, 100 + hour / 16));
    schedule.takeDue(again);
    schedule.finished('meter', again + 1);
    expect(((schedule.nextDue() ?? NaN) - phase) % hour).toBe(0);
  });

  it('makes a block due now that is wanted again, and keeps its phase', () => {
    const schedule = new Schedule();
    schedule.add({ key: 'meter', periodMs: 900_000 }, 0, 0);
    const phase = phaseOf('meter') * 900_000;
    schedule.takeDue(0);
    schedule.hasten('meter', 5);
    expect(schedule.takeDue(5)).toBeNull();
    schedule.finished('meter', 10);
    schedule.hasten('meter', 20);
    expect(schedule.takeDue(20)?.key).toBe('meter');
    schedule.finished('meter', 30);
    expect(((schedule.nextDue() ?? NaN) - phase) % 900_000).toBe(0);
  });

  it('keeps the phase of a short period whose poll failed', () => {
    const schedule = new Schedule();
    schedule.add({ key: 'pump', periodMs: 2_000 }, 0, 0);
    schedule.takeDue(0);
    schedule.finished('pump', 10, true);
    expect(schedule.nextDue()).toBe(phaseOf('pump') * 2_000);
  });

  it('keeps its phase and skips the periods that a slow line missed', () => {
    const schedule = new Schedule();
    schedule.add({ key: 'a', periodMs: 100 }, 0);
    const phase = phaseOf('a') * 100;
    schedule.takeDue(phase);
    expect(schedule.finished('a', phase + 40)).toBe(0);
    expect(schedule.nextDue()).toBe(phase + 100);
    schedule.takeDue(phase + 100);
    expect(schedule.finished('a', phase + 350)).toBe(2);
    expect(schedule.nextDue()).toBe(phase + 400);
  });

  it('counts none as skipped where each is done in time, whatever fraction of a millisecond a deadline has', () => {
    const schedule = new Schedule();
    const keys = Array.from({ length: 100 }, (_, i) => `m${i}/register`);
    for (const key of keys) schedule.add({ key, periodMs: 60_000 }, 1_234.567);
    let skipped = 0;
    for (let poll = 0; poll < 1_000; poll++) {
      const due = schedule.nextDue() ?? NaN;
      skipped += schedule.finished(schedule.takeDue(due)?.key ?? '', due + 50.123);
    }
    expect(skipped).toBe(0);
  });

  it('takes a first look soon, and from then on keeps to the phase of the whole period', () => {
    const schedule = new Schedule();
    schedule.add({ key: 'meter', periodMs: 60_000 }, 0, 1_000);
    const first = schedule.nextDue() ?? Infinity;
    expect(first).toBeCloseTo(phaseOf('meter') * 1_000);
    schedule.takeDue(first);
    schedule.finished('meter', first);
    expect(schedule.nextDue()).toBeCloseTo(phaseOf('meter') * 60_000);
  });

  it('forgets a removed block even while its poll is outstanding', () => {
    const schedule = new Schedule();
    schedule.add({ key: 'a', periodMs: 100 }, 0, 0);
    schedule.takeDue(0);
    schedule.remove('a');
    expect(schedule.finished('a', 50)).toBe(0);
    expect(schedule.nextDue()).toBeNull();
  });

  it('spreads a thousand blocks of one period evenly, and gives a block the same phase each time', () => {
    const phases = Array.from({ length: 1_000 }, (_, i) => phaseOf(`meter-${i}/holding-0`));
    const tenths = Array.from(
      { length: 10 },
      (_, tenth) => phases.filter((phase) => Math.floor(phase * 10) === tenth).length,
    );
    expect(Math.min(...tenths)).toBeGreaterThan(60);
    expect(Math.max(...tenths)).toBeLessThan(140);
    expect(phaseOf('meter-7/holding-0')).toBe(phases[7]);
  });

  it('gives each of many blocks its share over time: polls done equal the periods that passed', () => {
    const periods = fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(periods, (all) => {
        const schedule = new Schedule();
        const polls = new Map<string, number>();
        all.forEach((periodMs, i) => schedule.add({ key: `b${i}`, periodMs }, 0));
        for (let now = 0; now < 400; now++) {
          for (let due = schedule.takeDue(now); due !== null; due = schedule.takeDue(now)) {
            polls.set(due.key, (polls.get(due.key) ?? 0) + 1);
            schedule.finished(due.key, now);
          }
        }
        all.forEach((periodMs, i) =>
          expect(Math.abs((polls.get(`b${i}`) ?? 0) - 400 / periodMs)).toBeLessThanOrEqual(1),
        );
      }),
      { numRuns: 50 },
    );
  });
});
