/** Everybody who answers a question that several meters may answer, one after the other or at once. */
import type { Link } from '../contract.ts';
import type { Heard } from '../search/by-last-digits.ts';
import { FUNCTIONS_2007, type Version } from './control-codes.ts';
import { withoutEcho } from './exchange.ts';
import { FROM_METER, FUNCTION_MASK, REFUSED, openFrame, sealFrame, type Frame } from './frame.ts';
import { ANY_METER, addressText } from './frame-address.ts';
import { findFrames } from './frame-find.ts';
import { EVERY_METER_HAS } from './presence.ts';
import { buildRead, buildReadAddress, identifierBytes } from './requests.ts';

/** The number of the meter, in its own words: 2007, table A.5; 1997, annex A. */
const NUMBER: Readonly<Record<Version, string>> = { '2007': '04000401', '1997': 'C032' };
const ADDRESS_LENGTH = 6;
/** Longer than any answer to these questions, wake-up bytes included. */
const LONGEST = 30;
/** Drivers that are switched on and off leave a byte or two on a line; a second answer is longer. */
const STRAY_BYTES = 4;
const DIGITS = /^\d{12}$/;

/**
 * Who answers to `pattern` (wildcards before the last digits) in `version`. A meter may be drowned by another whose answer is
 * the same but for some bits: who seems to be alone says its number as well, which is no longer the same.
 */
export async function whoIsThere(link: Link, pattern: string, version: Version): Promise<Heard<string>> {
  const isEverybody = pattern === ANY_METER;
  const asked = await listen(link, buildRead({ address: pattern, version }, EVERY_METER_HAS[version]));
  const heard = isEverybody && version === '2007' ? merged(await listen(link, buildReadAddress()), asked) : asked;
  if (heard.garbled || heard.found.length !== 1 || DIGITS.test(pattern)) return heard;
  return merged(heard, await listen(link, buildRead({ address: pattern, version }, NUMBER[version])));
}

function merged(one: Heard<string>, other: Heard<string>): Heard<string> {
  return { found: [...new Set([...one.found, ...other.found])], garbled: one.garbled || other.garbled };
}

/** All that is heard until the line is silent. Rejects with DriverError when the line fails. */
async function listen(link: Link, request: Frame): Promise<Heard<string>> {
  const heard = await link.exchange({
    request: sealFrame(request),
    reply: {
      scan: () => ({ state: 'incomplete' }),
      diagnose: () => ({ code: 'timeout', message: 'no meter answers' }),
      expectedLength: LONGEST,
      optional: true,
    },
  });
  return understood(withoutEcho(heard, sealFrame(request, 0)));
}

function understood(heard: Uint8Array): Heard<string> {
  const entries = findFrames(heard);
  const strayBytes = entries.reduce((sum, { ok, length }) => sum + (ok ? 0 : length), 0);
  const answers = entries
    .filter(({ ok }) => ok)
    .map(({ offset, length }) => openFrame(heard.subarray(offset, offset + length)))
    .filter(({ control }) => (control & FROM_METER) !== 0);
  const found = new Set(answers.flatMap((frame) => addressIn(frame) ?? []));
  const contradicts = answers.some((frame) => addressIn(frame) === null);
  return { found: [...found], garbled: contradicts || strayBytes > (found.size > 0 ? STRAY_BYTES : 1) };
}

/** Null where the frame contradicts itself: two answers that fall together may give one whose address no meter has. */
function addressIn({ address, control, data }: Frame): string | null {
  if (address !== ANY_METER && !DIGITS.test(address)) return null;
  const own = (control & REFUSED) === 0 ? ownNumber(control, data) : null;
  if (own === null || own === address) return address;
  return address === ANY_METER && DIGITS.test(own) ? own : null;
}

/** The address of a meter of 2007 where it is what the data say. */
function ownNumber(control: number, data: Uint8Array): string | null {
  if ((control & FUNCTION_MASK) === FUNCTIONS_2007.readAddress) return addressText(data);
  const begins = identifierBytes(NUMBER['2007'], '2007');
  const saysNumber = data.length === begins.length + ADDRESS_LENGTH && begins.every((byte, i) => data[i] === byte);
  return saysNumber ? addressText(data.subarray(begins.length)) : null;
}
