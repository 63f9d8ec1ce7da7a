import { describe, expect, it } from 'vitest';
import { Turns } from './turns.ts';

function all(turns: Turns<string>): string[] {
  const order: string[] = [];
  for (let poll = turns.begin(); poll !== undefined; poll = turns.begin()) {
    order.push(poll);
    turns.over();
  }
  return order;
}

describe('the turns of a bus', () => {
  it('are taken in the order in which they came', () => {
    const turns = new Turns<string>();
    for (const poll of ['a', 'b', 'c']) turns.wait('frequent', poll);
    expect(all(turns)).toEqual(['a', 'b', 'c']);
  });

  it('begin three polls, and one more for each that is over', () => {
    const turns = new Turns<string>();
    for (const poll of ['a', 'b', 'c', 'd', 'e']) turns.wait('frequent', poll);
    expect([turns.begin(), turns.begin(), turns.begin(), turns.begin()]).toEqual(['a', 'b', 'c', undefined]);
    turns.over();
    expect([turns.begin(), turns.begin()]).toEqual(['d', undefined]);
  });

  it('are those of what is wanted all the time first', () => {
    const turns = new Turns<string>();
    turns.wait('rare', 'clock');
    turns.wait('frequent', 'energy');
    expect(all(turns)).toEqual(['energy', 'clock']);
  });

  it('are now and then those of what is wanted seldom, however much else waits', () => {
    const turns = new Turns<string>();
    for (let i = 0; i < 10; i++) turns.wait('frequent', `${i}`);
    for (const poll of ['clock', 'number']) turns.wait('rare', poll);
    expect(all(turns).join(' ')).toBe('0 1 2 3 clock 4 5 6 7 number 8 9');
  });
});
