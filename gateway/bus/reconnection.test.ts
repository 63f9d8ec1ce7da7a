import { describe, expect, it } from 'vitest';
import { Reconnection } from './reconnection.ts';

const pauses = (reconnection: Reconnection, count: number): number[] =>
  Array.from({ length: count }, () => reconnection.pauseMs(0));

describe('Reconnection', () => {
  it('waits twice as long each time, up to half a minute, by half at random', () => {
    const reconnection = new Reconnection();
    expect(pauses(reconnection, 9)).toEqual([125, 250, 500, 1_000, 2_000, 4_000, 8_000, 15_000, 15_000]);
    expect(reconnection.pauseMs(0.999)).toBeCloseTo(29_985);
    expect(reconnection.count).toBe(10);
  });

  it('goes on growing over connections that are lost at once', () => {
    const reconnection = new Reconnection();
    reconnection.pauseMs(0);
    reconnection.opened(1_000);
    reconnection.lost(1_010);
    expect(reconnection.pauseMs(0)).toBe(250);
  });

  it('begins anew after one over which somebody has answered, or that has lasted', () => {
    const reconnection = new Reconnection();
    pauses(reconnection, 6);
    reconnection.opened(1_000);
    reconnection.wasOfUse();
    reconnection.lost(1_010);
    expect(pauses(reconnection, 2)).toEqual([125, 250]);
    reconnection.opened(2_000);
    reconnection.lost(7_000);
    expect(reconnection.pauseMs(0)).toBe(125);
  });
});
