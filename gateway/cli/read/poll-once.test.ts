import { describe, expect, it } from 'vitest';
import type { Block, Link, Point, Reading, Session } from '../../../drivers/contract.ts';
import { DriverError, type DriverErrorCode } from '../../../drivers/errors.ts';
import { pollOnce } from './poll-once.ts';

const link: Link = {
  medium: 'line',
  exchange: () => Promise.reject(new Error('the session asks nothing here')),
  wait: () => Promise.resolve(),
  now: () => 1_000,
};

function block(id: string, ...keys: readonly string[]): Block {
  const points = keys.map((key): Point => ({ key, nameZh: key, poll: 'normal' }));
  return { id, poll: 'normal', points, requestLength: 8, replyLength: 7 };
}

function good(key: string): Reading {
  return { point: key, value: 1, quality: 'good', at: 1_000 };
}

type Answers = Record<string, (DriverErrorCode | readonly string[])[]>;

/** Answers by the block's id: readings, or the error of each attempt in turn. */
function session(plans: () => readonly Block[], answers: Answers) {
  const asked: string[] = [];
  const poll: Session['poll'] = ({ id }) => {
    asked.push(id);
    const answer = answers[id]?.shift() ?? 'timeout';
    if (typeof answer === 'string') return Promise.reject(new DriverError(answer, `${id}: ${answer}`));
    return Promise.resolve({ readings: answer.map(good) });
  };
  return { asked, session: { plan: plans, poll } };
}

async function poll(setup: ReturnType<typeof session>, wanted: readonly string[], retries = 0) {
  const polled: string[] = [];
  const { readings, failures } = await pollOnce({
    session: setup.session,
    link,
    retries,
    wanted: new Set(wanted),
    polled: ({ id }, failure) => polled.push(failure ? `${id} ${failure.code}` : id),
  });
  return { readings, failures, polled, asked: setup.asked };
}

describe('pollOnce', () => {
  it('asks each block once, and only those that carry what is wanted', async () => {
    const setup = session(() => [block('x', 'a', 'b'), block('y', 'c')], { x: [['a', 'b']], y: [['c']] });
    const { readings, asked, failures } = await poll(setup, ['c']);
    expect(asked).toEqual(['y']);
    expect([...readings.keys()]).toEqual(['c']);
    expect(failures).toBe(0);
  });

  it('asks again what may have been lost, and not what was refused', async () => {
    const setup = session(() => [block('x', 'a'), block('y', 'b')], {
      x: ['timeout', 'checksum', ['a']],
      y: ['refused', ['b']],
    });
    const { asked, readings, failures } = await poll(setup, ['a', 'b'], 2);
    expect(asked).toEqual(['x', 'x', 'x', 'y']);
    expect(readings.get('b')).toMatchObject({ value: null, quality: 'bad', reason: 'y: refused' });
    expect(failures).toBe(1);
  });

  it('goes by the new plan when a refusal has taught something', async () => {
    let learned = false;
    const setup = session(() => (learned ? [block('x1', 'a'), block('x2', 'b')] : [block('x', 'a', 'b')]), {
      x: [[]],
      x1: [['a']],
      x2: [['b']],
    });
    const { session: inner } = setup;
    const teaching = {
      ...inner,
      poll: (...args: Parameters<Session['poll']>) => inner.poll(...args).finally(() => (learned = true)),
    };
    const { readings, polled } = await poll({ ...setup, session: teaching }, ['a', 'b']);
    expect(polled).toEqual(['x', 'x1', 'x2']);
    expect([...readings.keys()]).toEqual(['a', 'b']);
  });

  it('gives a silent device up before all of its blocks have timed out', async () => {
    const blocks = ['p', 'q', 'r', 's'].map((id) => block(id, id));
    const { asked, readings, failures } = await poll(
      session(() => blocks, {}),
      ['p', 'q', 'r', 's'],
    );
    expect(asked).toEqual(['p', 'q']);
    expect(failures).toBe(2);
    expect(readings.get('s')).toMatchObject({
      value: null,
      quality: 'bad',
      reason: 'not asked: q: timeout',
    });
  });

  it('does not give up a device that has answered', async () => {
    const blocks = ['p', 'q', 'r', 's'].map((id) => block(id, id));
    const { asked, failures } = await poll(
      session(() => blocks, { p: [['p']] }),
      ['p', 'q', 'r', 's'],
    );
    expect(asked).toEqual(['p', 'q', 'r', 's']);
    expect(failures).toBe(3);
  });

  it('does not take a device for silent that refuses what it is asked for', async () => {
    const blocks = ['p', 'q', 'r', 's'].map((id) => block(id, id));
    const answers = { p: ['unsupported'], q: ['refused'], r: ['timeout'], s: [['s']] } satisfies Answers;
    const { asked, readings, failures } = await poll(
      session(() => blocks, answers),
      ['p', 'q', 'r', 's'],
    );
    expect(asked).toEqual(['p', 'q', 'r', 's']);
    expect(readings.get('q')?.reason).toBe('q: refused');
    expect(readings.get('s')?.quality).toBe('good');
    expect(failures).toBe(3);
  });

  it("does not take a gateway's word about an absent device for the device", async () => {
    const blocks = ['p', 'q', 'r'].map((id) => block(id, id));
    const asked: string[] = [];
    const unreachable: Session['poll'] = ({ id }) => {
      asked.push(id);
      return Promise.reject(new DriverError('refused', 'exception 11', 11));
    };
    const gateway = { asked, session: { plan: () => blocks, poll: unreachable } };
    const { readings } = await poll(gateway, ['p', 'q', 'r']);
    expect(asked).toEqual(['p', 'q']);
    expect(readings.get('r')?.reason).toBe('not asked: exception 11');
  });

  it('passes on what is a defect', async () => {
    const broken = { plan: () => [block('x', 'a')], poll: () => Promise.reject(new TypeError('defect')) };
    const options = { session: broken, link, retries: 3, wanted: new Set(['a']), polled: () => undefined };
    await expect(pollOnce(options)).rejects.toThrow(TypeError);
  });
});
