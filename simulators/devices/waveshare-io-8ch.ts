/**
 * Waveshare Modbus RTU IO 8CH: eight inputs that neither count nor latch, and eight outputs that can close for a while.
 * Source: Waveshare wiki, "Modbus RTU IO 8CH" (inputs FC 02, outputs FC 01, 05 and 15, flash on FC 05 from 0200).
 */
import type { Device, DeviceOptions, Write, WriteVerdict } from '../modbus/device.ts';
import { createImage, repeat } from '../modbus/image.ts';
import { Contacts } from './contacts.ts';

const CHANNELS = 8;
/** FC 05 with a value of n closes the output for n × 100 ms: not a coil value that the standard knows. */
const FLASH_ON = 0x0200;
const FLASH_STEP_MS = 100;

export interface OutputEdge {
  readonly channel: number;
  readonly level: boolean;
  /** Monotonic milliseconds. */
  readonly at: number;
}

export interface WaveshareIo8ch extends Device {
  readonly contacts: Contacts;
  /** For whatever is wired to the outputs. */
  onOutput(listener: (edge: OutputEdge) => void): void;
}

export function waveshareIo8ch(options: DeviceOptions & { readonly model?: string }): WaveshareIo8ch {
  const image = createImage({
    coil: { 0x0000: repeat(0, CHANNELS), [FLASH_ON]: repeat(0, CHANNELS) },
    discrete: { 0x0000: repeat(0, CHANNELS) },
    writable: {
      coil: [
        [0x0000, CHANNELS - 1],
        [FLASH_ON, FLASH_ON + CHANNELS - 1],
      ],
    },
  });
  const contacts = new Contacts({ channels: CHANNELS });
  contacts.onSeen(({ channel, level }) => image.put('discrete', channel, [level ? 1 : 0]));
  const listeners: ((edge: OutputEdge) => void)[] = [];
  const opensAt = new Map<number, number>();

  const output = (channel: number, level: boolean, at: number): void => {
    if ((image.read('coil', channel, 1)[0] === 1) === level) return;
    image.put('coil', channel, [level ? 1 : 0]);
    for (const listener of listeners) listener({ channel, level, at });
  };
  const write = ({ address, values }: Write, now: number): WriteVerdict => {
    values.forEach((value, i) => {
      const flash = address >= FLASH_ON;
      const channel = address + i - (flash ? FLASH_ON : 0);
      if (flash) opensAt.set(channel, now + value * FLASH_STEP_MS);
      else opensAt.delete(channel);
      output(channel, value !== 0, now);
    });
    return 'taken';
  };

  return {
    id: options.id,
    unit: options.unit,
    model: options.model ?? 'waveshare-io-8ch',
    image,
    rules: { functions: [1, 2, 3, 5, 6, 15], rawCoil: (address) => address >= FLASH_ON },
    replyDelayMs: options.replyDelayMs ?? 5,
    contacts,
    onOutput: (listener) => void listeners.push(listener),
    advance(now) {
      contacts.advance(now);
      for (const [channel, at] of opensAt) {
        if (at > now) continue;
        opensAt.delete(channel);
        output(channel, false, at);
      }
    },
    write,
  };
}
