import { describe, expect, it } from 'vitest';
import { LineQueue } from './line-queue.ts';

function drain(queue: LineQueue<string>): string[] {
  const order: string[] = [];
  for (let item = queue.next(); item !== undefined; item = queue.next()) order.push(item);
  return order;
}

describe('LineQueue', () => {
  it('serves commands before alarm polls before ordinary polls, each in the order of arrival', () => {
    const queue = new LineQueue<string>(10);
    for (const item of ['o1', 'o2']) queue.push('ordinary', item);
    for (const item of ['a1', 'a2']) queue.push('alarm', item);
    for (const item of ['c1', 'c2']) queue.push('command', item);
    expect(drain(queue)).toEqual(['c1', 'c2', 'a1', 'a2', 'o1', 'o2']);
  });

  it('lets one lower exchange through after a run of higher ones, so that nothing starves', () => {
    const queue = new LineQueue<string>(100);
    queue.push('ordinary', 'o1');
    queue.push('ordinary', 'o2');
    for (let i = 0; i < 10; i++) queue.push('alarm', `a${i}`);
    expect(drain(queue)).toEqual(['a0', 'a1', 'a2', 'a3', 'o1', 'a4', 'a5', 'a6', 'a7', 'o2', 'a8', 'a9']);
  });

  it('serves an alarm poll within nine exchanges however many commands arrive', () => {
    const queue = new LineQueue<string>(100);
    queue.push('alarm', 'alarm');
    for (let i = 0; i < 50; i++) queue.push('command', `c${i}`);
    expect(drain(queue).indexOf('alarm')).toBe(8);
  });

  it('refuses what exceeds a lane and keeps what it has accepted', () => {
    const queue = new LineQueue<string>(2);
    expect([queue.push('alarm', 'a'), queue.push('alarm', 'b'), queue.push('alarm', 'c')]).toEqual([true, true, false]);
    expect(queue.push('command', 'd')).toBe(true);
    expect(queue.clear()).toEqual(['d', 'a', 'b']);
    expect(queue.size).toBe(0);
  });
});
