/**
 * Moxa ioLogik E1210: 16 inputs over Modbus TCP, every channel set to counter mode.
 * Source: ioLogik E1200 Series User's Manual, appendix A, "E1210 Modbus Mapping".
 */
import { EXCEPTION, type Device, type DeviceOptions, type Write, type WriteVerdict } from '../modbus/device.ts';
import { createImage, repeat } from '../modbus/image.ts';
import { words32 } from '../modbus/words.ts';
import { Contacts } from './contacts.ts';

const CHANNELS = 16;
/** Coils, 16 of each: counter operate status, clear count value, overflow. */
const START = 0x0100;
const CLEAR = 0x0110;
const OVERFLOW = 0x0120;
/** Input registers: counters with their high word first, and all inputs as one word. */
const COUNTERS = 0x0010;
const ALL_INPUTS = 0x0030;

export interface MoxaOptions extends DeviceOptions {
  /** The input filter, which is set on the module's web page. Default 5 ms. */
  readonly filterMs?: number;
}

export function moxaE1210(options: MoxaOptions): Device & { readonly contacts: Contacts } {
  const image = createImage({
    coil: { [START]: repeat(0, CHANNELS), [CLEAR]: repeat(0, CHANNELS), [OVERFLOW]: repeat(0, CHANNELS) },
    discrete: { 0x0000: repeat(0, CHANNELS) },
    input: { [COUNTERS]: repeat(0, 2 * CHANNELS), [ALL_INPUTS]: [0] },
    writable: { coil: [[START, OVERFLOW + CHANNELS - 1]] },
  });
  const contacts = new Contacts({ channels: CHANNELS, filterMs: () => options.filterMs ?? 5 });
  const counts = repeat(0, CHANNELS);

  const setCount = (channel: number, count: number): void => {
    counts[channel] = count % 2 ** 32;
    if (count >= 2 ** 32) image.put('coil', OVERFLOW + channel, [1]);
    image.put('input', COUNTERS + 2 * channel, words32(counts[channel]));
  };
  contacts.onSeen(({ channel, level }) => {
    image.put('discrete', channel, [level ? 1 : 0]);
    const all = image.read('discrete', 0, CHANNELS).reduce((word, bit, i) => word | (bit << i), 0);
    image.put('input', ALL_INPUTS, [all]);
    // A counter that has not been started stands still.
    if (level && image.read('coil', START + channel, 1)[0] === 1) setCount(channel, (counts[channel] ?? 0) + 1);
  });

  const write = ({ address, values }: Write): WriteVerdict => {
    // Both clearing coils answer a 0 with exception 03, and always read 0 or the overflow itself.
    if (values.some((value, i) => address + i >= CLEAR && value === 0)) return EXCEPTION.illegalValue;
    values.forEach((value, i) => {
      const at = address + i;
      if (at < CLEAR) image.put('coil', at, [value]);
      else if (at < OVERFLOW) setCount(at - CLEAR, 0);
      else image.put('coil', at, [0]);
    });
    return 'taken';
  };

  return {
    id: options.id,
    unit: options.unit,
    model: 'moxa-iologik-e1210',
    image,
    rules: { functions: [1, 2, 3, 4, 5, 6, 15, 16] },
    replyDelayMs: options.replyDelayMs ?? 2,
    contacts,
    advance: (now) => contacts.advance(now),
    write,
    restart() {
      for (let channel = 0; channel < CHANNELS; channel++) setCount(channel, 0);
      image.put('coil', START, repeat(0, CHANNELS));
      image.put('coil', OVERFLOW, repeat(0, CHANNELS));
    },
  };
}
