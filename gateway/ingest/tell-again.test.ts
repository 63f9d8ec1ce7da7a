import { expect, it, vi } from 'vitest';
import type { DeviceTask } from './device-task.ts';
import { tellAgain } from './tell-again.ts';

/** So many devices of a thousand points each; those of `online` answer. */
function site(devices: number, online: readonly number[] = []) {
  const tasks = Array.from({ length: devices }, (_, n) => {
    const state = { name: online.includes(n) ? 'online' : 'offline' };
    const blocks = new Map([['b', { points: Array.from({ length: 1_000 }) }]]);
    return {
      config: { id: `d${n}` },
      blocks,
      reported: new Map([['p', 1]]),
      state,
      removed: false,
    } as unknown as DeviceTask;
  });
  const told: string[] = [];
  return { tasks, told, giveUp: (id: string): void => void told.push(id) };
}

it('tells what is offline bit by bit, each when the store has the one before', async () => {
  const { tasks, told, giveUp } = site(5, [1]);
  const toldBySettling: number[] = [];
  const settled = () => Promise.resolve(toldBySettling.push(told.length) > 0);
  await tellAgain(tasks, { giveUp, settled, isOver: () => false });
  expect(told).toEqual(['d0', 'd2', 'd3', 'd4']);
  expect(toldBySettling).toEqual([2, 4]);
  expect(tasks.every(({ reported }) => reported.size === 0)).toBe(true);
});

it.each([
  ['the store fails again', { settled: () => Promise.resolve(false), isOver: () => false }],
  ['it was begun anew', { settled: () => Promise.resolve(true), isOver: () => true }],
])('ends where %s', async (_, how) => {
  const { tasks, told, giveUp } = site(9);
  await tellAgain(tasks, { giveUp, ...how });
  expect(told).toEqual(['d0', 'd1']);
});

it('passes over a device that has come back, or left, while the store was writing', async () => {
  const { tasks, told, giveUp } = site(5);
  const settled = vi.fn(() => {
    Object.assign(tasks[2] ?? {}, { removed: true });
    Object.assign(tasks[3]?.state ?? {}, { name: 'online' });
    return Promise.resolve(true);
  });
  await tellAgain(tasks, { giveUp, settled, isOver: () => false });
  expect(told).toEqual(['d0', 'd1', 'd4']);
});
