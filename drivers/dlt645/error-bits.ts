/** Why a meter refuses. DL/T 645-2007, annex C (ERR and SERR); 1997: bobyuxinyang/dlt645_1997, dlt645_api_97.c. */
import type { Version } from './control-codes.ts';

/** Names by bit, from bit 0 on; null where a bit is reserved. */
type BitNames = readonly (string | null)[];

export const NO_SUCH_DATA = 0x02;
export const NOT_AUTHORISED = 0x04;

const TOO_MANY = ['tooManyYearZones', 'tooManyDayPeriods', 'tooManyTariffs'] as const;

const ERR: Readonly<Record<Version, BitNames>> = {
  '2007': ['otherError', 'noSuchData', 'passwordOrNotAuthorised', 'baudUnchangeable', ...TOO_MANY],
  '1997': ['illegalData', 'noSuchData', 'passwordOrNotAuthorised', null, ...TOO_MANY],
};

/** Of the security functions: two bytes. */
const SERR: BitNames = [
  'otherError',
  'repeatedRecharge',
  'esamCheckFailed',
  'authenticationFailed',
  'customerNumberDiffers',
  'rechargeCountWrong',
  'hoardingLimit',
];

const IN_WORDS: Readonly<Record<string, string>> = {
  noSuchData: 'it has no such data',
  passwordOrNotAuthorised: 'wrong password, or not authorised',
};

/** The names of the bits that are set in ERR; a reserved one has its number. */
export function errorBits(err: number, version: Version): string[] {
  return bitNames(err, 8, ERR[version]);
}

/** The names of the bits that are set in SERR. */
export function securityErrorBits(serr: number): string[] {
  return bitNames(serr, 16, SERR);
}

/** ERR in words, for a message. */
export function errorText(err: number, version: Version): string {
  const names = errorBits(err, version).map((name) => IN_WORDS[name] ?? name);
  return names.length === 0 ? 'no reason given' : names.join(', ');
}

function bitNames(word: number, width: number, names: BitNames): string[] {
  return Array.from({ length: width }, (_, bit) => bit)
    .filter((bit) => (word >>> bit) & 1)
    .map((bit) => names[bit] ?? `bit${bit}`);
}
