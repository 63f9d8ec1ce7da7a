import { describe, expect, it } from 'vitest';
import { Turns } from './turns.ts';

function all(turns: Turns<string>): string[] {
  const order: string[] = [];
  for (let turn = turns.begin(); turn !== undefined; turn = turns.begin()) {
    order.push(turn.poll);
    turns.over(turn.lane);
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
    const begin = () => turns.begin()?.poll;
    expect([begin(), begin(), begin(), begin()]).toEqual(['a', 'b', 'c', undefined]);
    turns.over('frequent');
    expect([begin(), begin()]).toEqual(['d', undefined]);
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

  it('are those of silent devices last, and now and then one of them, however much else waits', () => {
    const turns = new Turns<string>();
    for (let i = 0; i < 30; i++) turns.wait('frequent', `before ${i}`);
    all(turns);
    for (const poll of ['dead', 'deaf']) turns.wait('silent', poll);
    for (let i = 0; i < 25; i++) turns.wait(i % 5 === 4 ? 'rare' : 'frequent', `${i}`);
    const order = all(turns);
    expect([order.indexOf('dead'), order.indexOf('deaf')]).toEqual([20, 26]);
  });

  it('are those of one silent device at a time, while others go on', () => {
    const turns = new Turns<string>();
    for (const poll of ['dead', 'deaf']) turns.wait('silent', poll);
    expect(turns.begin()).toEqual({ lane: 'silent', poll: 'dead' });
    expect(turns.begin()).toBeUndefined();
    turns.wait('frequent', 'energy');
    expect(turns.begin()?.poll).toBe('energy');
    turns.over('silent');
    expect(turns.begin()?.poll).toBe('deaf');
  });
});
