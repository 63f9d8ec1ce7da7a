/** What the control code asks for. DL/T 645-2007, 5.2.4 and 7; 1997 numbers its functions otherwise. */
import { FUNCTION_MASK } from './frame.ts';

export type Version = '2007' | '1997';

/** Functions by their number, the low five bits of the control code. */
export const FUNCTIONS_2007 = {
  authenticate: 0x03,
  setTime: 0x08,
  read: 0x11,
  readMore: 0x12,
  readAddress: 0x13,
  write: 0x14,
  writeAddress: 0x15,
  freeze: 0x16,
  setBaud: 0x17,
  setPassword: 0x18,
  clearDemand: 0x19,
  clearMeter: 0x1a,
  clearEvents: 0x1b,
  relay: 0x1c,
  multiFunctionOutput: 0x1d,
} as const;

export const FUNCTIONS_1997 = {
  read: 0x01,
  readMore: 0x02,
  readAgain: 0x03,
  write: 0x04,
  setTime: 0x08,
  writeAddress: 0x0a,
  setBaud: 0x0c,
  setPassword: 0x0f,
  clearDemand: 0x10,
} as const;

export type FunctionName = keyof typeof FUNCTIONS_2007 | keyof typeof FUNCTIONS_1997;

const BY_NUMBER: Readonly<Record<Version, ReadonlyMap<number, FunctionName>>> = {
  '2007': byNumber(FUNCTIONS_2007),
  '1997': byNumber(FUNCTIONS_1997),
};

/** The function's name; null where the version has none of that number. */
export function functionName(control: number, version: Version): FunctionName | null {
  return BY_NUMBER[version].get(control & FUNCTION_MASK) ?? null;
}

/** The version that a control code belongs to; `otherwise` where both have it or neither. */
export function versionOf(control: number, otherwise: Version): Version {
  const other: Version = otherwise === '2007' ? '1997' : '2007';
  return functionName(control, otherwise) === null && functionName(control, other) !== null ? other : otherwise;
}

function byNumber<Name extends FunctionName>(functions: Readonly<Record<Name, number>>): Map<number, FunctionName> {
  return new Map((Object.keys(functions) as Name[]).map((name) => [functions[name], name]));
}
