import { describe, expect, it } from 'vitest';
import { afterPoll, judge, UNKNOWN, type Failure, type Health, type Surroundings } from './device-state.ts';

const silent: Failure = { code: 'timeout', message: 'no answer from unit 12' };
const around: Surroundings = {
  enabled: true,
  busTrouble: null,
  setupTrouble: null,
  lateMs: null,
  replyTimeoutMs: 500,
  failures: 3,
  neighbours: () => ({ total: 4, answering: 4 }),
  address: '12',
  blocks: 2,
};

/** The health after these polls; `a` and `b` are blocks, an upper-case letter is a failure. */
function after(polls: string): Health {
  return Array.from(polls).reduce(
    (health, poll, at) => afterPoll(health, poll.toLowerCase(), poll === poll.toLowerCase() ? null : silent, at),
    UNKNOWN,
  );
}

describe('judge', () => {
  it.each([
    ['', 'unknown'],
    ['a', 'online'],
    ['ab', 'online'],
    ['abA', 'degraded'],
    ['abAb', 'degraded'],
    ['abAbAbAb', 'degraded'],
    ['abABA', 'offline'],
    ['abABAa', 'degraded'],
    ['abABAab', 'online'],
    ['AAA', 'offline'],
    ['AA', 'unknown'],
  ])('after the polls "%s" a device is %s', (polls, state) => {
    expect(judge(after(polls), around).state).toBe(state);
  });

  it('counts the failures in a row of each block', () => {
    expect(after('abAbA').failing.get('a')?.times).toBe(2);
    expect(after('abAbAaA').failing.get('a')?.times).toBe(1);
  });

  it('sends whoever goes to look to the device when its neighbours answer', () => {
    expect(judge(after('AAA'), around).reason).toBe(
      '3 polls in a row failed: no answer from unit 12. 4 of 4 others on this bus answer: look at this device (power, address 12, its drop of the cable)',
    );
  });

  it('sends them to the line when nothing on it answers', () => {
    const reason = judge(after('AAA'), { ...around, neighbours: () => ({ total: 4, answering: 0 }) }).reason;
    expect(reason).toContain('Nothing on this bus answers: look at the line');
  });

  it('sends nobody to a device that lives and answers too late', () => {
    expect(judge(after('AAA'), { ...around, lateMs: 760 })).toEqual({
      state: 'offline',
      cause: 'late',
      reason:
        '3 polls in a row failed: no answer from unit 12. It is alive, and its answers come after 760 ms where 500 ms are waited: raise its replyTimeoutMs',
    });
  });

  it('says what the bus says while it is not connected, and nothing of the device', () => {
    expect(judge(after('abAAA'), { ...around, busTrouble: 'unplugged' })).toEqual({
      state: 'offline',
      cause: 'bus',
      reason: 'its bus is not connected: unplugged',
    });
  });

  it('says which block failed, and nothing of those that were not asked', () => {
    expect(judge(after('aB'), { ...around, blocks: 5 }).reason).toBe(
      '1 of 5 blocks failed when last asked; b: no answer from unit 12',
    );
  });

  it('does not say of a device that failed that it was not asked', () => {
    expect(judge(UNKNOWN, around)).toMatchObject({ cause: 'none', reason: 'not asked yet' });
    expect(judge(after('A'), around)).toMatchObject({
      ...{ state: 'unknown', cause: 'timeout' },
      reason: 'it has not answered yet: no answer from unit 12',
    });
  });

  it('is disabled by the configuration before anything else', () => {
    expect(judge(after('AAA'), { ...around, enabled: false }).state).toBe('disabled');
  });
});
