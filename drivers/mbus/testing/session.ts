/** Sessions with profiles of a test's own, over links that answer as it says. */
import type { Link, PollResult, Reading, Session } from '../../contract.ts';
import { mbus } from '../driver.ts';
import type { MbusProfile } from '../profile.ts';

const HEAD = {
  id: 'test',
  driver: 'mbus',
  maker: 'M',
  model: 'M',
  nameZh: '表',
  manual: { title: 't', edition: 'e', pages: 'p' },
  verified: 'frames',
};

/** A profile of `points`, each with a name of its own. Throws where it has mistakes. */
export function profileOf(points: readonly object[], more: object = {}): MbusProfile {
  const named = points.map((point) => ({ nameZh: '点', ...point }));
  const result = mbus.parseProfile({ ...HEAD, ...more, points: named });
  if (!result.ok) throw new Error(result.mistakes.map(({ message }) => message).join('\n'));
  return result.profile;
}

/** What is wrong with such a profile: `path: message`. */
export function mistakesOf(points: readonly object[], more: object = {}): string[] {
  const named = points.map((point) => ({ nameZh: '点', ...point }));
  const result = mbus.parseProfile({ ...HEAD, ...more, points: named });
  return result.ok ? [] : result.mistakes.map(({ path, message }) => `${path.join('.')}: ${message}`);
}

export function openSession(
  profile: MbusProfile,
  address: string,
  knowledge: Readonly<Record<string, unknown>> = {},
): Session {
  const cost = { byteMs: 1, overheadMs: 1 };
  return mbus.open({ device: 'd', address, profile, medium: 'line', cost, knowledge });
}

/** One readout of everything. */
export async function pollAll(session: Session, link: Link): Promise<PollResult> {
  const [block] = session.plan();
  if (!block) throw new Error('no block');
  return session.poll(block, link);
}

/** Of each point what a reading says of it, without its time. */
export function byKey(readings: readonly Reading[]): Record<string, Omit<Reading, 'point' | 'at'>> {
  return Object.fromEntries(readings.map(({ point, at: _, ...said }) => [point, said]));
}
