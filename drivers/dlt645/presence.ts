/** Asks for a register that every meter has. Any answer, even a refusal, tells who is there and which version it speaks. */
import type { Link, ReplyDiagnosis } from '../contract.ts';
import type { Version } from './control-codes.ts';
import { hear, hearIfAny, type Asked } from './exchange.ts';
import { REFUSED } from './frame.ts';
import type { diagnoseReply } from './frame-reply.ts';
import { buildRead, identifierBytes } from './requests.ts';

/** The total of forward active energy. */
export const EVERY_METER_HAS: Readonly<Record<Version, string>> = { '2007': '00010000', '1997': '9010' };
const TOTAL_LENGTH = 4;

/** Resolves with the address of who answers. Rejects with DriverError: a meter is silent when it does not know the version. */
export async function whoAnswers(
  link: Link,
  address: string,
  version: Version,
  diagnose?: typeof diagnoseReply,
): Promise<string> {
  const asked = presenceRequest(address, version);
  const reply = await hear(link, diagnose === undefined ? asked : { ...asked, diagnose });
  return reply.address;
}

/** What comes of asking in `version`. Silence is no failure of the meter: it may speak the other one. Rejects with DriverError. */
export async function answerIn(
  link: Link,
  address: string,
  version: Version,
): Promise<'value' | 'refusal' | 'silence'> {
  const reply = await hearIfAny(link, presenceRequest(address, version));
  if (reply === null) return 'silence';
  return reply.control & REFUSED ? 'refusal' : 'value';
}

function presenceRequest(address: string, version: Version): Asked {
  const di = EVERY_METER_HAS[version];
  const begins = identifierBytes(di, version);
  const expectedData = begins.length + TOTAL_LENGTH;
  return { request: buildRead({ address, version }, di), version, begins, expectedData, what: `read ${di}` };
}

/** What is heard after a wildcard and is no answer: silence, or several meters at once. */
export function collision(received: Uint8Array): ReplyDiagnosis {
  if (received.length === 0) return { code: 'timeout', message: 'no meter answers' };
  return { code: 'checksum', message: `${received.length} bytes that are no answer: several meters at once, or noise` };
}
