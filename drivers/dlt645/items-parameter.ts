/**
 * Parameters that a gateway reads, DI3 04. DL/T 645-2007, table A.5, as transcribed at chinasem.cn (article 1129453), in
 * 600888/dlt645 (parameter_types.py) and in the GitHub source index, file id 52818683099. Passwords (0C), time tables and
 * what makers add are left out.
 */
import { clock, number, type Format } from './format.ts';
import { ALL, type Item } from './item.ts';
import { ACTIVE_COMBINATION, ACTIVE_REPORT, REACTIVE_COMBINATION, STATUS_WORDS } from './status-words.ts';

interface Parameter {
  readonly name: string;
  readonly format: Format;
  readonly obis?: string;
}

const TEXT: Format = { kind: 'text' };
const NUMBER_12: Format = { kind: 'digits', bytes: 6 };
const SMALL = number(1, 0, '');
const MODE: Format = { kind: 'digits', bytes: 1 };

/** By DI1 and DI0 of 04 00 DI1 DI0. */
const PARAMETERS: Readonly<Record<string, Parameter>> = {
  '0101': { name: 'date and weekday', format: clock('YYMMDDWW'), obis: '1-0:0.9.2' },
  '0102': { name: 'time', format: clock('hhmmss'), obis: '1-0:0.9.1' },
  '0103': { name: 'maximum demand period', format: number(1, 0, 'min') },
  '0104': { name: 'sliding window', format: number(1, 0, 'min') },
  '0105': { name: 'test pulse width', format: number(2, 0, 'ms') },
  '0106': { name: 'zone table switch time', format: clock('YYMMDDhhmm') },
  '0107': { name: 'period table switch time', format: clock('YYMMDDhhmm') },
  '0108': { name: 'tariff price switch time', format: clock('YYMMDDhhmm') },
  '0109': { name: 'ladder switch time', format: clock('YYMMDDhhmm') },
  '010C': { name: 'date, weekday and time', format: clock('YYMMDDWWhhmmss') },
  '0201': { name: 'number of year zones', format: SMALL },
  '0202': { name: 'number of day period tables', format: SMALL },
  '0203': { name: 'number of day periods', format: SMALL },
  '0204': { name: 'number of tariffs', format: SMALL },
  '0205': { name: 'number of public holidays', format: number(2, 0, '') },
  '0206': { name: 'number of harmonics', format: SMALL },
  '0207': { name: 'number of ladder steps', format: SMALL },
  '0301': { name: 'number of automatic screens', format: SMALL },
  '0302': { name: 'time of each screen', format: number(1, 0, 's') },
  '0303': { name: 'decimals of displayed energy', format: SMALL },
  '0304': { name: 'decimals of displayed power', format: SMALL },
  '0305': { name: 'number of key screens', format: SMALL },
  '0306': { name: 'current transformer ratio', format: number(3, 0, '') },
  '0307': { name: 'voltage transformer ratio', format: number(3, 0, '') },
  '0401': { name: 'communication address', format: NUMBER_12 },
  '0402': { name: 'meter number', format: NUMBER_12, obis: '0-0:96.1.0' },
  '0403': { name: 'asset number', format: TEXT },
  '0404': { name: 'rated voltage', format: TEXT },
  '0405': { name: 'rated current', format: TEXT },
  '0406': { name: 'maximum current', format: TEXT },
  '0407': { name: 'active accuracy class', format: TEXT },
  '0408': { name: 'reactive accuracy class', format: TEXT },
  '0409': { name: 'active meter constant', format: number(3, 0, 'imp/kWh') },
  '040A': { name: 'reactive meter constant', format: number(3, 0, 'imp/kvarh') },
  '040B': { name: 'meter model', format: TEXT },
  '040C': { name: 'production date', format: TEXT },
  '040D': { name: 'protocol version', format: TEXT },
  '040E': { name: 'customer number', format: NUMBER_12 },
  '0601': { name: 'active combination', format: { kind: 'word', word: ACTIVE_COMBINATION } },
  '0602': { name: 'reactive combination 1', format: { kind: 'word', word: REACTIVE_COMBINATION } },
  '0603': { name: 'reactive combination 2', format: { kind: 'word', word: REACTIVE_COMBINATION } },
  '0701': { name: 'baud rate of the modulated infrared port', format: { kind: 'baud' } },
  '0702': { name: 'baud rate of the contact infrared port', format: { kind: 'baud' } },
  '0703': { name: 'baud rate of port 1', format: { kind: 'baud' } },
  '0704': { name: 'baud rate of port 2', format: { kind: 'baud' } },
  '0705': { name: 'baud rate of port 3', format: { kind: 'baud' } },
  '0802': { name: 'period table of rest days', format: MODE },
  '0A01': { name: 'load record start', format: clock('MMDDhhmm') },
  '0B01': { name: 'settlement day 1', format: clock('DDhh') },
  '0B02': { name: 'settlement day 2', format: clock('DDhh') },
  '0B03': { name: 'settlement day 3', format: clock('DDhh') },
  '0E01': { name: 'forward active power limit', format: number(3, 4, 'kW') },
  '0E02': { name: 'reverse active power limit', format: number(3, 4, 'kW') },
  '0E03': { name: 'upper voltage limit', format: number(2, 1, 'V') },
  '0E04': { name: 'lower voltage limit', format: number(2, 1, 'V') },
  '1001': { name: 'alarm amount 1', format: number(4, 2, 'yuan') },
  '1002': { name: 'alarm amount 2', format: number(4, 2, 'yuan') },
  '1201': { name: 'hourly freeze start', format: clock('YYMMDDhhmm') },
  '1202': { name: 'hourly freeze interval', format: number(1, 0, 'min') },
  '1203': { name: 'daily freeze time', format: clock('hhmm') },
  '1204': { name: 'timed freeze time', format: clock('MMDDhhmm') },
  '1401': { name: 'trip delay', format: number(2, 0, 'min') },
  '1501': { name: 'active report status', format: { kind: 'word', word: ACTIVE_REPORT } },
};

const LOAD_CLASSES = 6;

/** 04 DI2 DI1 DI0. Null where the table has no such item. */
export function parameterItem(di2: number, di1: number, di0: number): Item | null {
  if (di2 === 0x80) return makerItem(di1, di0);
  if (di2 !== 0) return null;
  if (di1 === 0x05) return statusItem(di0);
  if (di1 === 0x0a && di0 >= 2 && di0 < 2 + LOAD_CLASSES) {
    return { shape: 'one', name: `load record interval of class ${di0 - 1}`, format: number(2, 0, 'min') };
  }
  const parameter = PARAMETERS[hexByte(di1) + hexByte(di0)];
  return parameter === undefined ? null : { shape: 'one', ...parameter };
}

function statusItem(di0: number): Item | null {
  const [first] = STATUS_WORDS;
  if (di0 === ALL && first !== undefined) {
    const parts = STATUS_WORDS.map((word, i) => ({
      label: `status word ${i + 1}`,
      format: { kind: 'word', word } as const,
    }));
    return { shape: 'record', name: 'status words', parts };
  }
  const word = STATUS_WORDS[di0 - 1];
  return word === undefined ? null : { shape: 'one', name: `status word ${di0}`, format: { kind: 'word', word } };
}

function makerItem(di1: number, di0: number): Item | null {
  const name = di1 === 0 ? ['software version', 'hardware version', 'maker number'][di0 - 1] : undefined;
  return name === undefined ? null : { shape: 'one', name, format: TEXT };
}

function hexByte(byte: number): string {
  return byte.toString(16).toUpperCase().padStart(2, '0');
}
