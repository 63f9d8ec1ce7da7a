/** Sessions with byte-level meters, for tests. */
import type { Block, Reading, Session } from '../../contract.ts';
import { dlt645 } from '../driver.ts';
import type { Dlt645Profile } from '../profile.ts';
import { answerOf, type ByteMeter } from './byte-meter.ts';
import { MemoryLine } from './memory-line.ts';

/** The one whose frames most captures are of. */
export const ADDRESS = '201000000012';
export const KNOWN_2007 = { version: '2007', refusals: {} };

export function openSession(profile: Dlt645Profile, knowledge: object = KNOWN_2007, address = ADDRESS): Session {
  const cost = { byteMs: 4.58, overheadMs: 120 };
  return dlt645.open({ device: 'm', address, profile, medium: 'line', cost, knowledge: { ...knowledge } });
}

export const lineOf = (meter: ByteMeter): MemoryLine => new MemoryLine((request) => answerOf(meter, request));

export function blockOf(session: Session, key: string): Block {
  const found = session.plan().find(({ points }) => points.some((point) => point.key === key));
  if (!found) throw new Error(`no block has ${key}`);
  return found;
}

/** Everything that the plan asks for, once. */
export async function readAll(session: Session, line: MemoryLine): Promise<Record<string, Reading>> {
  const readings: Reading[] = [];
  for (const block of session.plan()) readings.push(...(await session.poll(block, line)).readings);
  return Object.fromEntries(readings.map((reading) => [reading.point, reading]));
}

/** The items that were asked for, in the order of the requests. */
export function asked(line: MemoryLine): string[] {
  return line.sent.map((request) => {
    const frame = Buffer.from(request.replace(/^(?:fe)*/, ''), 'hex');
    const data = frame.subarray(10, -2).map((byte) => byte - 0x33);
    return Buffer.from(data).reverse().toString('hex').toUpperCase();
  });
}
