/**
 * Finds everybody on a line who can be asked for by the last digits of an address, two at a time: where several answer at
 * once, each value of the next two digits is asked for. Of no protocol.
 */
import { DriverError } from '../errors.ts';

/** What was heard after one question. */
export interface Heard<Found> {
  /** Whose answers were whole. */
  readonly found: readonly Found[];
  /** Bytes that are no answer: several at once, or noise. */
  readonly garbled: boolean;
}

export interface DigitSearch<Found> {
  /** Digits of a whole address. */
  readonly digits: number;
  /** One question to whoever's address ends with `suffix`. */
  readonly ask: (suffix: string) => Promise<Heard<Found>>;
  readonly addressOf: (found: Found) => string;
  /** Everybody is asked so often before nobody is there: who is not heard then has no second chance further down. Default 2. */
  readonly silences?: number;
}

export interface SearchStep<Found> {
  /** The last digits that were asked for; none: everybody. */
  readonly suffix: string;
  /** Who was heard for the first time. */
  readonly found: readonly Found[];
  /** Several answered at once: the search goes on below. */
  readonly several: boolean;
  /** Somebody with these last digits could not be told from others: why, in words. */
  readonly unresolved: string | null;
  /** How many suffixes are still to be asked for, as far as is known. */
  readonly pending: number;
}

interface Search<Found> extends DigitSearch<Found> {
  readonly known: Set<string>;
  pending: number;
  unresolved: number;
  /** Suffixes in a row after which bytes came, and no whole answer. */
  garbledInARow: number;
  asked: number;
}

/** Noise passes; a collision comes back as often as it is asked for. */
const GARBLED = 3;
const ATTEMPTS = 4;
const SILENCES = 2;
/** No line has meters with so many endings, one after the other, and never one alone. */
const NOISE = 40;
/** 256 meters need some thousands. */
const MOST_SUFFIXES = 10_000;
const ENDINGS = Array.from({ length: 100 }, (_, index) => String(index).padStart(2, '0'));

/**
 * One step a suffix. Stop by leaving the loop. Rejects with DriverError when the line fails, and `checksum` where bytes come
 * back whoever is asked for: noise would be taken for collisions without end.
 */
export async function* searchByLastDigits<Found>(
  options: DigitSearch<Found>,
): AsyncGenerator<SearchStep<Found>, void, undefined> {
  yield* explore({ ...options, known: new Set(), pending: 1, unresolved: 0, garbledInARow: 0, asked: 0 }, '');
}

async function* explore<Found>(search: Search<Found>, suffix: string): AsyncGenerator<SearchStep<Found>> {
  const { found, several } = await hear(search, suffix);
  search.pending -= 1;
  const fresh = found.filter((one) => !search.known.has(search.addressOf(one)));
  for (const one of fresh) search.known.add(search.addressOf(one));
  const isWhole = suffix.length === search.digits;
  if (several && !isWhole) search.pending += ENDINGS.length;
  const unresolved = several && isWhole ? 'two meters answer to this one address' : null;
  yield stepOf(search, suffix, { found: fresh, several, unresolved });
  if (several && !isWhole) yield* exploreBelow(search, suffix);
}

/** Where anybody is found below but not yet two, the silent ones are asked once more: an answer may have been lost. */
async function* exploreBelow<Found>(search: Search<Found>, suffix: string): AsyncGenerator<SearchStep<Found>> {
  const before = settled(search);
  const silent: string[] = [];
  let below = 0;
  for (const ending of ENDINGS) {
    let heard = false;
    for await (const step of explore(search, ending + suffix)) {
      heard ||= step.several || step.found.length > 0;
      yield step;
    }
    if (heard) below++;
    else silent.push(ending + suffix);
  }
  if (below === 1) {
    search.pending += silent.length;
    for (const one of silent) yield* explore(search, one);
  }
  if (below > 0 || settled(search) > before) return;
  const unresolved = 'several meters answer at once, and none to the last digits of its address alone';
  yield stepOf(search, suffix, { found: [], several: true, unresolved });
}

function settled({ known, unresolved }: Pick<Search<never>, 'known' | 'unresolved'>): number {
  return known.size + unresolved;
}

function stepOf<Found>(
  search: Search<Found>,
  suffix: string,
  step: Pick<SearchStep<Found>, 'found' | 'several' | 'unresolved'>,
): SearchStep<Found> {
  if (step.unresolved !== null) search.unresolved += 1;
  return { suffix, ...step, pending: search.pending };
}

/** Asks again what is unclear. Who was heard once is there, however often the rest was garbled. */
async function hear<Found>(
  search: Search<Found>,
  suffix: string,
): Promise<{ readonly found: readonly Found[]; readonly several: boolean }> {
  const found = new Map<string, Found>();
  let [garbled, alone, silences, several] = [0, 0, 0, false];
  for (let attempt = 1; attempt <= ATTEMPTS && !several; attempt++) {
    const heard = await search.ask(suffix);
    for (const one of heard.found) found.set(search.addressOf(one), one);
    if (heard.garbled) garbled++;
    else if (heard.found.length > 0) alone++;
    else silences++;
    several = garbled === GARBLED || [...found.keys()].filter((address) => address.endsWith(suffix)).length > 1;
    if (garbled === 0 && (alone > 0 || suffix !== '' || silences === (search.silences ?? SILENCES))) break;
    if (alone > 1) break;
  }
  search.garbledInARow = several && found.size === 0 ? search.garbledInARow + 1 : 0;
  search.asked += 1;
  if (search.garbledInARow > NOISE || search.asked > MOST_SUFFIXES) {
    throw new DriverError('checksum', 'bytes come back whoever is asked for: noise, or another master on the line');
  }
  return { found: [...found.values()], several };
}
