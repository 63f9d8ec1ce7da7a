/** The address that is printed on a meter: A6…A0, 14 digits, of which the first four are its maker's code. CJ/T 188-2004, 7.2. */
import type { Addressing } from '../contract.ts';

/** A6 to A0. */
const DIGITS = 14;
/** `2.0151E+11`. */
const NOTATION_OF_SPREADSHEETS = /^\d(?:\.\d+)?e\+?\d\d?$/i;
/** Plates group the digits. */
const SEPARATORS = /[\s.-]/g;
const RIGHT = `${DIGITS} digits, as on its plate: "00201510270588"`;

type Parsed = ReturnType<Addressing['parse']>;

export const meterAddressing: Addressing = {
  key: 'address',
  parse(text, bus) {
    if (bus === 'modbus-tcp') {
      return no('a CJ/T 188 meter is on a serial line', 'a bus of type serial or tcp-serial');
    }
    const address = text.replaceAll(SEPARATORS, '').toLowerCase();
    if (NOTATION_OF_SPREADSHEETS.test(text.trim())) {
      return no(`${text} is what a spreadsheet makes of a long number: its last digits are lost`, RIGHT);
    }
    if (/^(?:aa)+$/.test(address)) return no(`${text} is the wildcard, which every meter obeys`, RIGHT);
    if (!/^[0-9a-f]*$/.test(address) || !/\d/.test(address)) return no(`${JSON.stringify(text)} is no number`, RIGHT);
    return address.length === DIGITS ? whole(address) : ofOtherLength(address);
  },
};

/** Some makers count in hex; AA in the place of two digits would be heard by several meters. */
function whole(address: string): Parsed {
  if (/^(?:..)*aa/.test(address)) return no(`${address} has AA in it, which stands for any digits`, RIGHT);
  return { ok: true, address };
}

/** What the digits in front were nobody can know: a meter of another maker may have the same others. */
function ofOtherLength(address: string): Parsed {
  const message = `${address} has ${address.length} digits, and an address has ${DIGITS}`;
  if (address.length > DIGITS || address.length < 10) return no(message, RIGHT);
  const padded = address.padStart(DIGITS, '0');
  const hint = `zeros in front count, and the maker's code may not be on the plate: try "${padded}", in quotes, with \`read\``;
  return no(message, hint);
}

function no(message: string, hint: string): Parsed {
  return { ok: false, message, hint };
}
