/** Finds every meter on a line that has several. */
import type { Link } from '../contract.ts';
import { DriverError } from '../errors.ts';
import type { Version } from './control-codes.ts';
import { collision, whoAnswers } from './presence.ts';

export interface SearchStep {
  /** The pattern that was asked for: `aa` stands for any two digits. */
  readonly asked: string;
  /** Who answered alone. */
  readonly found: string | null;
  /** Several answered at once: the search goes on below this pattern, or two meters have this very address. */
  readonly collision: boolean;
}

const DIGITS = 12;
const WILDCARD = 'aa';

/**
 * One step a request. The higher digits of an address may be wildcards; where several meters answer at once, each value of
 * the next two digits is asked for. Stop by leaving the loop. Meters that do not know partial wildcards stay silent and are
 * not found; of two that answer one after the other, only the first is. Rejects with DriverError when the line fails.
 */
export async function* searchMeters(link: Link, version: Version): AsyncGenerator<SearchStep, void, undefined> {
  const suffixes = [''];
  for (let suffix = suffixes.pop(); suffix !== undefined; suffix = suffixes.pop()) {
    const step = await askPattern(link, version, WILDCARD.repeat((DIGITS - suffix.length) / 2) + suffix);
    yield step;
    if (step.collision && suffix.length < DIGITS) suffixes.push(...longer(suffix));
  }
}

async function askPattern(link: Link, version: Version, asked: string): Promise<SearchStep> {
  try {
    return { asked, found: await whoAnswers(link, asked, version, collision), collision: false };
  } catch (error) {
    if (!(error instanceof DriverError) || (error.code !== 'timeout' && error.code !== 'checksum')) throw error;
    return { asked, found: null, collision: error.code === 'checksum' };
  }
}

/** Suffixes with two more digits, from 99 down: the last one pushed is asked for first. */
function longer(suffix: string): string[] {
  return Array.from({ length: 100 }, (_, index) => String(99 - index).padStart(2, '0') + suffix);
}
