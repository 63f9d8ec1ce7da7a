import { describe, expect, it } from 'vitest';
import { AlarmHead } from './alarm-head.ts';

const state = (alarm: string, rev: number, letter: 'A' | 'B' | 'C', changedAt = 0) => ({
  alarm,
  rev,
  letter,
  changedAt,
});

describe('AlarmHead', () => {
  // By Python: int.from_bytes(hashlib.sha256(b'a1 4 B').digest()[:8], 'big'), and the same XOR that of b'a2 9 C'.
  it('hashes the states that are not normal, in whatever order they came', () => {
    const head = new AlarmHead();
    expect([head.nonNormal, head.stateHash]).toEqual([0, '0000000000000000']);
    head.statePublished(state('a2', 9, 'C'));
    head.statePublished(state('a1', 4, 'B'));
    head.statePublished(state('a3', 5, 'A'));
    expect([head.nonNormal, head.stateHash]).toEqual([2, '32e2c7c4cd6a197b']);
    head.statePublished(state('a2', 12, 'A'));
    expect([head.nonNormal, head.stateHash, head.seq]).toEqual([1, '5631b960bd94e84c', 12]);
    head.forget('a1');
    expect([head.nonNormal, head.stateHash]).toEqual([0, '0000000000000000']);
  });

  it('is at the newest event, whether it or a state was published', () => {
    const head = new AlarmHead();
    head.eventPublished(7);
    head.statePublished(state('a1', 5, 'B'));
    expect(head.seq).toBe(7);
    head.clear();
    expect([head.seq, head.nonNormal]).toEqual([7, 0]);
  });

  it('names the alarms that have been normal for long', () => {
    const head = new AlarmHead();
    head.statePublished(state('old', 1, 'A', 1_000));
    head.statePublished(state('new', 2, 'A', 3_000));
    head.statePublished(state('active', 3, 'B', 0));
    expect(head.normalSinceBefore(2_000)).toEqual(['old']);
  });
});
