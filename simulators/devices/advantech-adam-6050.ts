/**
 * Advantech ADAM-6050: 12 inputs and 6 outputs over Modbus TCP.
 * Source: ADAM-6000 Series User's Manual, Modbus mapping of the ADAM-6050 (0X and 4X tables).
 */
import type { Device, DeviceOptions, Write, WriteVerdict } from '../modbus/device.ts';
import { createImage, repeat, type Image } from '../modbus/image.ts';
import { words32LowFirst } from '../modbus/words.ts';
import { Contacts } from './contacts.ts';

const INPUTS = 12;
const OUTPUTS = 6;
/** Coils: outputs, and from 0020 four of each input: start (1) or stop, clear counter, clear overflow, latch. */
const DO = 0x0010;
const CONTROL = 0x0020;

export interface AdamOptions extends DeviceOptions {
  /** Each channel is set to one mode in the maker's configuration program. Default: every one counts. */
  readonly mode?: (channel: number) => 'counter' | 'latch-rising' | 'latch-falling';
}

function adamImage(): Image {
  return createImage({
    coil: { 0x0000: repeat(0, INPUTS), [DO]: repeat(0, OUTPUTS), [CONTROL]: repeat(0, 4 * INPUTS) },
    holding: { 0x0000: repeat(0, 2 * INPUTS) },
    writable: {
      coil: [
        [DO, DO + OUTPUTS - 1],
        [CONTROL, CONTROL + 4 * INPUTS - 1],
      ],
    },
  });
}

export function adam6050(options: AdamOptions): Device & { readonly contacts: Contacts } {
  const image = adamImage();
  const contacts = new Contacts({ channels: INPUTS });
  const mode = options.mode ?? (() => 'counter');
  const counts = repeat(0, INPUTS);

  const setCount = (channel: number, count: number): void => {
    counts[channel] = count % 2 ** 32;
    if (count >= 2 ** 32) image.put('coil', CONTROL + 4 * channel + 2, [1]);
    image.put('holding', 2 * channel, words32LowFirst(counts[channel]));
  };
  contacts.onSeen(({ channel, level }) => {
    image.put('coil', channel, [level ? 1 : 0]);
    if (mode(channel) === (level ? 'latch-rising' : 'latch-falling')) image.put('coil', CONTROL + 4 * channel + 3, [1]);
    const counting = mode(channel) === 'counter' && image.read('coil', CONTROL + 4 * channel, 1)[0] === 1;
    if (level && counting) setCount(channel, (counts[channel] ?? 0) + 1);
  });

  const write = ({ address, values }: Write): WriteVerdict => {
    if (address < CONTROL) return 'store';
    values.forEach((value, i) => {
      const at = address + i - CONTROL;
      const role = at % 4;
      if (role === 0) image.put('coil', CONTROL + at, [value]);
      else if (role === 1 && value === 1) setCount((at - 1) / 4, 0);
      // "Clear overflow" and "latch status / clear status": the flag goes, whatever is written.
      else if (role > 1) image.put('coil', CONTROL + at, [0]);
    });
    return 'taken';
  };

  return {
    id: options.id,
    unit: options.unit,
    model: 'advantech-adam-6050',
    image,
    rules: { functions: [1, 2, 3, 4, 5, 6, 15, 16] },
    replyDelayMs: options.replyDelayMs ?? 2,
    contacts,
    advance: (now) => contacts.advance(now),
    write,
    restart() {
      for (let channel = 0; channel < INPUTS; channel++) setCount(channel, 0);
      image.put('coil', DO, repeat(0, OUTPUTS));
      image.put('coil', CONTROL, repeat(0, 4 * INPUTS));
    },
  };
}
