/** Addresses as a site file has them: the twelve digits that are printed on the meter. DL/T 645-2007, 5.2.3. */
import type { Addressing } from '../contract.ts';
import { BROADCAST } from './frame-address.ts';

const DIGITS = 12;
const PRINTED = 'twelve digits as printed on the meter, in quotes';
const ASSET_NUMBER = 22;
/** `1.23457E+11`. */
const CUT_NUMBER = /^\d(?:\.\d+)?e\+?\d\d?$/i;
/** Plates group the digits. */
const SEPARATORS = /[\s.-]/g;

export const printedAddressing: Addressing = {
  key: 'address',
  parse(text, bus) {
    const refused = (message: string, hint: string) => ({ ok: false, message, hint }) as const;
    if (bus === 'modbus-tcp') {
      const hint = 'a bus of type serial, or tcp-serial for a serial device server';
      return refused('a modbus-tcp bus does not carry the frames of DL/T 645', hint);
    }
    if (CUT_NUMBER.test(text.trim())) {
      return refused(`${text} is what a spreadsheet makes of a long number: its last digits are lost`, PRINTED);
    }
    const digits = text.replaceAll(SEPARATORS, '');
    if (digits === BROADCAST) return refused(`${text} is every meter of the line, and nobody answers it`, PRINTED);
    if (/^\d+$/.test(digits) && digits.length === DIGITS) return { ok: true, address: digits };
    return refused(`${JSON.stringify(text)} ${whyNot(digits)}`, hintFor(digits));
  },
};

function whyNot(text: string): string {
  if (/^(?:aa){1,6}\d*$/i.test(text)) return 'has wildcards: it could be any meter';
  if (!/^\d+$/.test(text)) return 'is no meter address: it is not digits alone';
  return `is no meter address: it has ${text.length} digits, and twelve make one`;
}

function hintFor(text: string): string {
  if (!/^\d+$/.test(text)) return PRINTED;
  if (text.length < DIGITS) return `"${text.padStart(DIGITS, '0')}", if it is zeros at its start that are lost`;
  if (text.length === ASSET_NUMBER)
    return `the communication address (通信地址); this may be the asset number (资产编号)`;
  return PRINTED;
}
