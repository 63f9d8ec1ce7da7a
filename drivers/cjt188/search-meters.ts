/** Finds the meters of a line: by their types, and where several of one type answer at once by the last digits. */
import type { Link } from '../contract.ts';
import { searchByLastDigits, type DigitSearch, type Heard, type SearchStep } from '../search/by-last-digits.ts';
import { ANY_TYPE } from './frame.ts';
import { QUESTIONS, whoIsThere, type PresentMeter, type Question } from './who-is-there.ts';

/** What is installed: any, cold, hot, drinking and reclaimed water, heat, cold, heat and cold, gas. CJ/T 188-2004, table 3. */
export const SEARCHED_TYPES: readonly number[] = [ANY_TYPE, 0x10, 0x11, 0x12, 0x13, 0x20, 0x21, 0x22, 0x30];

export interface TypeStep extends SearchStep<PresentMeter> {
  readonly meterType: number;
}

const DIGITS = 14;
const WILDCARD = 'aa';

/**
 * The standard knows one wildcard, for the whole address: only some meters answer to their last digits. Of several of one
 * type the others stay unresolved. Stop by leaving the loop. Rejects with DriverError when the line fails or is noisy.
 */
export async function* searchMeters(
  link: Link,
  meterTypes: readonly number[] = SEARCHED_TYPES,
): AsyncGenerator<TypeStep, void, undefined> {
  let ser = 0;
  let anyStep: TypeStep | null = null;
  let settled = false;
  for (const meterType of meterTypes) {
    const nextSer = (): number => ser++;
    for await (const found of searchByLastDigits(searchOf(link, meterType, nextSer))) {
      const step = { ...found, meterType };
      yield step;
      settled ||= step.found.length > 0 || step.unresolved !== null;
      // Everybody answers to any type: they are told apart by their own.
      if (meterType === ANY_TYPE && meterTypes.length > 1) {
        anyStep = step;
        break;
      }
    }
  }
  if (anyStep?.several !== true || settled) return;
  yield {
    ...anyStep,
    found: [],
    pending: 0,
    unresolved: 'several meters answer at once to any type, and none to its own',
  };
}

function searchOf(link: Link, meterType: number, nextSer: () => number): DigitSearch<PresentMeter> {
  // What nobody has answered to is not asked again with other digits.
  let heardTo: readonly Question[] = QUESTIONS;
  return {
    digits: DIGITS,
    // Everybody is asked as any type and as their own.
    silences: 1,
    addressOf: ({ address }) => address,
    ask: async (suffix) => {
      const address = WILDCARD.repeat((DIGITS - suffix.length) / 2) + suffix;
      const answers: { readonly question: Question; readonly heard: Heard<PresentMeter> }[] = [];
      for (const question of suffix === '' ? QUESTIONS : heardTo) {
        answers.push({ question, heard: await whoIsThere(link, { meterType, address }, question, nextSer()) });
      }
      const heard = answers.filter((answer) => answer.heard.garbled || answer.heard.found.length > 0);
      if (suffix === '' && heard.length > 0) heardTo = heard.slice(0, 1).map(({ question }) => question);
      return merged(heard.map((answer) => answer.heard));
    },
  };
}

function merged(heard: readonly Heard<PresentMeter>[]): Heard<PresentMeter> {
  const found = new Map(heard.flatMap((one) => one.found.map((meter) => [meter.address, meter])));
  return { found: [...found.values()], garbled: heard.some(({ garbled }) => garbled) };
}
