/**
 * Finds all slaves of a line by their secondary addresses: wildcards are selected, and where several slaves answer at once the
 * next digit of the identification number is gone through. EN 13757-3, selection; The M-Bus: A Documentation Rev. 4.8,
 * chapter 7 (searching for installed slaves).
 */
import type { Link } from '../contract.ts';
import { DriverError } from '../errors.ts';
import { listen } from './ask.ts';
import { SELECTED } from './frame-control.ts';
import { buildDataRequest, buildSelect } from './requests.ts';
import { addressMask, isSelected, parseSecondaryAddress, type SecondaryAddress } from './secondary-address.ts';
import { twinMasks } from './twins.ts';
import { whoAcknowledges, whoSendsData, type FoundSlave } from './who-answers.ts';

export interface SearchOptions {
  /** Told before each selection: the digits that are gone through, and how many slaves are found so far. */
  readonly onProbe?: (digits: string, found: number) => void;
  /** Told of each slave as soon as it is found: a search may be broken off. */
  readonly onFound?: (slave: FoundSlave) => void;
  /** The search is given up after so many requests. */
  readonly mostRequests?: number;
}

export interface SearchResult {
  readonly found: readonly FoundSlave[];
  /** Where somebody is, and could not be told from others: by the first digits of the identification number. */
  readonly unresolved: readonly { readonly digits: string; readonly reason: string }[];
  readonly requests: number;
}

const DIGITS = 8;
const DECIMAL_DIGITS = Array.from('0123456789');
/** Some meters have them in their identification number (P-mbus-035). F is the wildcard. */
const OTHER_DIGITS = Array.from('ABCDE');
/** 250 slaves need some thousands. */
const MOST_REQUESTS = 20_000;
const ATTEMPTS = 3;
/** What meters count: electricity to the heat and cooling meters, then hot, cold and dual water. EN 13757-3, device types. */
const MEDIA = [2, 3, 4, 5, 6, 7, 8, 9, 0x0a, 0x0b, 0x0c, 0x0d, 0x15, 0x16, 0x17];
const MEDIUM_AT = 7;
/** No meter consists of Es, and E is no wildcard. */
const NOBODY: SecondaryAddress = Uint8Array.of(0xee, 0xee, 0xee, 0xee, 0xff, 0xff, 0xff, 0xff);

/** What is known while the search runs. */
interface Search {
  readonly link: Link;
  readonly options: SearchOptions;
  readonly found: Map<string, FoundSlave>;
  readonly unresolved: { readonly digits: string; readonly reason: string }[];
  requests: number;
}

type Probe =
  | { readonly kind: 'nobody' }
  | { readonly kind: 'slave'; readonly slave: FoundSlave }
  | { readonly kind: 'several' }
  | { readonly kind: 'unnamed'; readonly reason: string };

class GivenUp extends Error {}

/**
 * Rejects with DriverError where the line fails, and `checksum` where bytes come back although nobody was asked: then noise
 * would be taken for collisions without end (libmbus issues 131 and 138).
 */
export async function searchSecondary(link: Link, options: SearchOptions = {}): Promise<SearchResult> {
  const search: Search = { link, options, found: new Map(), unresolved: [], requests: 0 };
  await makeSureOfSilence(search);
  try {
    await explore(search, '');
  } catch (error) {
    if (!(error instanceof GivenUp)) throw error;
    search.unresolved.push({ digits: '', reason: error.message });
  }
  const { found, unresolved, requests } = search;
  return { found: [...found.values()], unresolved, requests };
}

async function makeSureOfSilence(search: Search): Promise<void> {
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    const heard = await ask(search, buildSelect(NOBODY));
    if (heard.length === 0) return;
  }
  throw new DriverError('checksum', 'bytes come back although nobody is asked: noise, or another master on the line');
}

/** Goes through the slaves whose identification number begins with `digits`. */
async function explore(search: Search, digits: string): Promise<void> {
  const probe = await probeFor(search, digits);
  switch (probe.kind) {
    case 'nobody':
      return;
    case 'slave':
      if (await hidesAnother(search, probe.slave, digits)) return exploreDigits(search, digits);
      take(search, probe.slave);
      return;
    case 'unnamed':
      search.unresolved.push({ digits, reason: probe.reason });
      return;
    case 'several':
      if (digits.length < DIGITS) await exploreDigits(search, digits);
      else await exploreMedia(search, digits);
  }
}

/** A number is a maker's own: what another maker's meter with the same one counts is often something else. */
async function exploreMedia(search: Search, id: string): Promise<void> {
  let told = 0;
  for (const medium of MEDIA) {
    const mask = addressMask(id);
    mask[MEDIUM_AT] = medium;
    const probe = await probeFor(search, id, mask);
    if (probe.kind === 'nobody') continue;
    if (probe.kind !== 'slave') {
      search.unresolved.push({
        digits: id,
        reason: 'several slaves of one medium answer to this identification number',
      });
      return;
    }
    take(search, probe.slave);
    told++;
  }
  if (told >= 2 || (told === 1 && (await isOneAfterAll(search, id)))) return;
  search.unresolved.push({ digits: id, reason: 'several slaves answer to this identification number' });
}

/** Whoever was alone among all media: noise has passed by now, and a collision has come back. */
async function isOneAfterAll(search: Search, id: string): Promise<boolean> {
  return (await probeFor(search, id)).kind === 'slave';
}

function take({ found, options }: Search, slave: FoundSlave): void {
  if (!found.has(slave.secondary)) options.onFound?.(slave);
  found.set(slave.secondary, slave);
}

/** There are several: where only one shows itself, the others are looked for once more, and among what is no digit. */
async function exploreDigits(search: Search, digits: string): Promise<void> {
  const silent: string[] = [];
  const before = known(search);
  for (const digit of DECIMAL_DIGITS) {
    const already = known(search);
    await explore(search, digits + digit);
    if (known(search) === already) silent.push(digits + digit);
  }
  if (known(search) - before >= 2) return;
  for (const prefix of [...silent, ...OTHER_DIGITS.map((digit) => digits + digit)]) await explore(search, prefix);
  if (known(search) > before) return;
  search.unresolved.push({ digits, reason: 'somebody answers, and to none of the next digits' });
}

function known({ found, unresolved }: Search): number {
  return found.size + unresolved.length;
}

/** Noise passes; a collision comes back. What is unclear is therefore asked again. */
async function probeFor(search: Search, digits: string, mask = addressMask(digits)): Promise<Probe> {
  search.options.onProbe?.(digits, search.found.size);
  // Who is not heard at the very first has no second chance further down.
  const attempts = digits === '' ? ATTEMPTS : 1;
  let silences = 0;
  let unclear = 0;
  while (silences < attempts && unclear < ATTEMPTS - 1) {
    const acknowledged = whoAcknowledges(await ask(search, buildSelect(mask), true));
    if (acknowledged === 'several') return { kind: 'several' };
    if (acknowledged === 'one') return identify(search, mask, digits);
    if (acknowledged === 'silence') silences++;
    else unclear++;
  }
  return unclear === ATTEMPTS - 1 ? { kind: 'several' } : { kind: 'nobody' };
}

/** One E5 was heard: of one slave, or of several at the same instant. Their data do not fall together. */
async function identify(search: Search, mask: SecondaryAddress, digits: string): Promise<Probe> {
  const whole = digits.length === DIGITS;
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    const heard = whoSendsData(await ask(search, buildDataRequest(SELECTED, 1), true));
    if (heard.kind === 'unnamed') return heard;
    if (heard.kind === 'unclear' && !whole) return { kind: 'several' };
    if (heard.kind === 'slave') {
      const own = parseSecondaryAddress(heard.slave.secondary);
      return own !== null && !isSelected(mask, own) ? { kind: 'several' } : heard;
    }
    if (heard.kind === 'unclear' && attempt === ATTEMPTS) return { kind: 'several' };
  }
  return { kind: 'unnamed', reason: 'it acknowledges the selection and sends no data' };
}

/** Whether somebody else was heard together with `slave`, bit by bit. */
async function hidesAnother(search: Search, slave: FoundSlave, digits: string): Promise<boolean> {
  for (const mask of twinMasks(slave.id, digits.length)) {
    if (await isAnybody(search, mask)) return true;
  }
  return false;
}

async function isAnybody(search: Search, mask: SecondaryAddress): Promise<boolean> {
  for (let attempt = 1; attempt < ATTEMPTS; attempt++) {
    const acknowledged = whoAcknowledges(await ask(search, buildSelect(mask)));
    if (acknowledged !== 'unclear') return acknowledged !== 'silence';
  }
  return true;
}

/** `keep`: the next request is to whoever this one selects. */
async function ask(search: Search, request: Uint8Array, keep = false): Promise<Uint8Array> {
  const most = search.options.mostRequests ?? MOST_REQUESTS;
  if (search.requests >= most) throw new GivenUp(`given up after ${most} requests: is the line noisy?`);
  search.requests++;
  return listen(search.link, request, keep);
}
