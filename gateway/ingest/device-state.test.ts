import { describe, expect, it } from 'vitest';
import type { Failure } from './advice.ts';
import {
  afterOutage,
  afterPoll,
  judge,
  meanwhile,
  nextProbe,
  UNKNOWN,
  withBlocks,
  type Health,
  type Surroundings,
} from './device-state.ts';

const silent: Failure = { code: 'timeout', message: 'no answer from unit 12' };
const around: Surroundings = {
  enabled: true,
  busTrouble: null,
  ...{ setupTrouble: null, unheard: [] },
  repeats: false,
  medium: 'line',
  lateMs: null,
  replyTimeoutMs: 500,
  failures: 3,
  neighbours: () => ({ total: 4, answering: 4, silent: 0 }),
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
    ['gABCABC', 'degraded'],
    ['ABCgABCABC', 'degraded'],
    ['gABCABCGGG', 'offline'],
    ['abAbAABBB', 'offline'],
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
    const reason = judge(after('AAA'), { ...around, neighbours: () => ({ total: 4, answering: 0, silent: 4 }) }).reason;
    expect(reason).toContain('Nothing on this bus answers: look at the line');
  });

  it('sends nobody to a baud rate on Modbus TCP', () => {
    for (const neighbours of [
      { total: 4, answering: 0, silent: 4 },
      { total: 0, answering: 0, silent: 0 },
    ]) {
      const { reason } = judge(after('AAA'), { ...around, medium: 'ip', neighbours: () => neighbours });
      expect(reason).not.toMatch(/baud|A and B/);
    }
  });

  it('says so of a device that answers more often than it is asked', () => {
    expect(judge(after('ab'), { ...around, repeats: true })).toMatchObject({
      ...{ state: 'degraded', cause: 'repeats' },
      reason: expect.stringContaining('it answers more often than it is asked') as string,
    });
  });

  it('says whose alarms are lost with contacts that a device has no value for', () => {
    expect(judge(after('ab'), { ...around, unheard: ['lift-1', 'lift-2'] })).toMatchObject({
      ...{ state: 'degraded', cause: 'unsupported' },
      reason: expect.stringContaining('the alarm contacts of lift-1, lift-2') as string,
    });
  });

  it('gives the advice of the driver where it has one', () => {
    const busy: Failure = { code: 'refused', message: 'exception 6', advice: 'It is alive and busy' };
    const health = [1, 2, 3].reduce((all, at) => afterPoll(all, 'a', busy, at), UNKNOWN);
    expect(judge(health, around).reason).toBe('3 polls in a row failed: exception 6. It is alive and busy');
  });

  it('forgets at an outage of the bus what failed before it', () => {
    expect(judge(afterOutage(after('abA')), around).state).toBe('online');
  });

  it('counts every failure when a new plan leaves no block that was read', () => {
    const replanned = withBlocks(after('gAgA'), new Map([['a', 1]]));
    const polls = [10, 11, 12].reduce((health, at) => afterPoll(health, 'a', silent, at), replanned);
    expect(judge(polls, around).state).toBe('offline');
  });

  it('sends nobody to a device that lives and answers too late', () => {
    expect(judge(after('AAA'), { ...around, lateMs: 760 })).toEqual({
      look: null,
      state: 'offline',
      cause: 'late',
      reason:
        '3 polls in a row failed: no answer from unit 12. It is alive, and its answers come after 760 ms where 500 ms are waited: raise its replyTimeoutMs',
    });
  });

  it('says what the bus says while it is not connected, and nothing of the device', () => {
    expect(judge(after('abAAA'), { ...around, busTrouble: 'unplugged' })).toEqual({
      look: null,
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

describe('the next probe', () => {
  const blocks = new Map(Array.from('gabc', (id) => [id, id]));

  it.each([
    ['gABgA', null],
    ['gABC', 'g'],
    ['gABCG', 'a'],
    ['gABCGAB', 'c'],
    ['AAA', 'g'],
    ['AAAGB', 'c'],
    ['AAAGBC', 'a'],
  ])('after the polls "%s" is %s', (polls, probe) => {
    expect(nextProbe(after(polls), blocks, 3)).toBe(probe);
  });
});

describe('what a neighbour does while a device fails', () => {
  /** Polls of the device and of its neighbour at these times, in seconds; negative: it fails. */
  const polls = (...times: number[]): Health =>
    times.reduce((health, at) => afterPoll(health, 'a', at < 0 ? silent : null, Math.abs(at) * 1_000), UNKNOWN);

  it.each([
    ['it answered in between', polls(1, 3, 5), polls(1, -2, -4, -6), 'answering'],
    ['it answered before, and was not asked since', polls(1), polls(1, -2, -3, -4), null],
    ['it fell silent with it', polls(1, -3), polls(1, -2, -4), 'silent'],
    ['it was dead long before', polls(-1), polls(50, -51, -52), 'silent'],
    ['it is the first to be back', polls(1, -3, 9), polls(1, -2, -4), null],
    ['it is back and the device still fails', polls(1, -3, 9), polls(1, -2, -4, -10), 'answering'],
    ['its last answer was long ago', polls(1, 3), polls(1, -2, -600), null],
  ])('%s', (_, neighbour, device, expected) => {
    expect(meanwhile(neighbour, device)).toBe(expected);
  });
});
