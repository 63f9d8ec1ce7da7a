/**
 * Who may hide behind an answer. Slaves answer by pulling the line to space, so that of what several send at the same instant
 * the master hears the bits that are 1 in all (M-Bus: EN 13757-2, physical layer). Two new meters of one batch differ in
 * nothing but some digits and the check byte: 12345600 and 12345601 together sound like 12345600 alone, 12345601 and 12345602
 * like a 12345600 that is not there. Whoever takes part has at least the bits that are heard.
 */
import { parseSecondaryAddress, type SecondaryAddress } from './secondary-address.ts';

/**
 * The addresses to be selected in order to know that nobody else was heard under the first `known` digits of `id`: each
 * leaves all further digits open but one, which has more bits than the digit that was heard. At most 9 for each digit.
 */
export function twinMasks(id: string, known: number): SecondaryAddress[] {
  return Array.from(id).flatMap((digit, place) =>
    place < known ? [] : digitsWithMoreBits(digit).flatMap((other) => maskOf(id.slice(0, known), place, other)),
  );
}

function digitsWithMoreBits(digit: string): string[] {
  const heard = Number.parseInt(digit, 16);
  const digits = Array.from({ length: 10 }, (_, value) => value);
  return digits.filter((value) => value !== heard && (value & heard) === heard).map(String);
}

function maskOf(prefix: string, place: number, digit: string): SecondaryAddress[] {
  const mask = parseSecondaryAddress((prefix.padEnd(place, 'F') + digit).padEnd(16, 'F'));
  return mask === null ? [] : [mask];
}
