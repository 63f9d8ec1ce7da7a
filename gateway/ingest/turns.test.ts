import { describe, expect, it } from 'vitest';
import { Turns } from './turns.ts';

const FREQUENT = { wanted: 'frequent', isSilent: false } as const;
const RARE = { wanted: 'rare', isSilent: false } as const;
const SILENT = { wanted: 'frequent', isSilent: true } as const;

function all(turns: Turns<string>): string[] {
  const order: string[] = [];
  for (let turn = turns.begin(); turn !== undefined; turn = turns.begin()) {
    order.push(turn.poll);
    turns.over(turn);
  }
  return order;
}

describe('the turns of a bus', () => {
  it('are taken in the order in which they came', () => {
    const turns = new Turns<string>();
    for (const poll of ['a', 'b', 'c']) turns.wait(FREQUENT, poll);
    expect(all(turns)).toEqual(['a', 'b', 'c']);
  });

  it('begin three polls, and one more for each that is over', () => {
    const turns = new Turns<string>();
    for (const poll of ['a', 'b', 'c', 'd', 'e']) turns.wait(FREQUENT, poll);
    const begin = () => turns.begin()?.poll;
    expect([begin(), begin(), begin(), begin()]).toEqual(['a', 'b', 'c', undefined]);
    turns.over(FREQUENT);
    expect([begin(), begin()]).toEqual(['d', undefined]);
  });

  it('are those of what is wanted all the time first', () => {
    const turns = new Turns<string>();
    turns.wait(RARE, 'clock');
    turns.wait(FREQUENT, 'energy');
    expect(all(turns)).toEqual(['energy', 'clock']);
  });

  it('are now and then those of what is wanted seldom, however much else waits', () => {
    const turns = new Turns<string>();
    for (let i = 0; i < 10; i++) turns.wait(FREQUENT, `${i}`);
    for (const poll of ['clock', 'number']) turns.wait(RARE, poll);
    expect(all(turns).join(' ')).toBe('0 1 2 3 clock 4 5 6 7 number 8 9');
  });

  it('are those of silent devices last, and now and then one of them, however much else waits', () => {
    const turns = new Turns<string>();
    for (let i = 0; i < 30; i++) turns.wait(FREQUENT, `before ${i}`);
    all(turns);
    for (const poll of ['dead', 'deaf']) turns.wait(SILENT, poll);
    for (let i = 0; i < 25; i++) turns.wait(i % 5 === 4 ? RARE : FREQUENT, `${i}`);
    const order = all(turns);
    expect([order.indexOf('dead'), order.indexOf('deaf')]).toEqual([20, 26]);
  });

  it('are of silent devices too those of what is wanted all the time first, and now and then the others', () => {
    const turns = new Turns<string>();
    for (let i = 0; i < 8; i++) turns.wait({ wanted: 'rare', isSilent: true }, `rare ${i}`);
    for (let i = 0; i < 6; i++) turns.wait(SILENT, `${i}`);
    expect(all(turns).slice(0, 8)).toEqual(['0', '1', '2', '3', 'rare 0', '4', '5', 'rare 1']);
  });

  it('are those of one silent device at a time, while others go on', () => {
    const turns = new Turns<string>();
    for (const poll of ['dead', 'deaf']) turns.wait(SILENT, poll);
    expect(turns.begin()).toEqual({ isSilent: true, poll: 'dead' });
    expect(turns.begin()).toBeUndefined();
    turns.wait(FREQUENT, 'energy');
    expect(turns.begin()?.poll).toBe('energy');
    turns.over(SILENT);
    expect(turns.begin()?.poll).toBe('deaf');
  });
});
