/**
 * Wiren Board WB-MCM8: eight counting inputs on RS-485, for buttons and for the pulses of water meters.
 * Source: wb-mqtt-serial, template config-wb-mcm8 (inputs FC 02, counters and frequencies FC 04, settings FC 03 and 06).
 */
import { EXCEPTION, type Device, type DeviceOptions, type Write, type WriteVerdict } from '../modbus/device.ts';
import { createImage, repeat } from '../modbus/image.ts';
import { words32 } from '../modbus/words.ts';
import { Contacts } from './contacts.ts';

const CHANNELS = 8;
/** Input registers, two each, high word first. */
const FREQUENCIES = 40;
const COUNTERS = 60;
/** Holding registers, one each. */
const MODES = 9;
const DEBOUNCE = 20;
const BAUD = 110;

export interface WbMcm8 extends Device {
  readonly contacts: Contacts;
  /** Sets a counter, as years of water have. It survives a power cut. */
  setCount(channel: number, count: number): void;
}

export function wbMcm8(options: DeviceOptions): WbMcm8 {
  const image = createImage({
    discrete: { 0: repeat(0, CHANNELS) },
    input: { [FREQUENCIES]: repeat(0, 2 * CHANNELS), [COUNTERS]: repeat(0, 2 * CHANNELS) },
    // Mode 0: count and measure the frequency. Debounce in ms. Baud ÷ 100.
    holding: { [MODES]: repeat(0, CHANNELS), [DEBOUNCE]: repeat(50, CHANNELS), [BAUD]: [96] },
    writable: {
      holding: [
        [MODES, MODES + CHANNELS - 1],
        [DEBOUNCE, DEBOUNCE + CHANNELS - 1],
        [BAUD, BAUD],
      ],
    },
  });
  const filterMs = (channel: number): number => image.read('holding', DEBOUNCE + channel, 1)[0] ?? 0;
  const contacts = new Contacts({ channels: CHANNELS, filterMs });
  const counts = repeat(0, CHANNELS);
  const roseAt = new Map<number, number>();

  const setCount = (channel: number, count: number): void => {
    counts[channel] = count % 2 ** 32;
    image.put('input', COUNTERS + 2 * channel, words32(counts[channel]));
  };
  contacts.onSeen(({ channel, level, at }) => {
    image.put('discrete', channel, [level ? 1 : 0]);
    if (!level) return;
    setCount(channel, (counts[channel] ?? 0) + 1);
    const periodMs = at - (roseAt.get(channel) ?? Number.NEGATIVE_INFINITY);
    roseAt.set(channel, at);
    // One step is 2⁻¹⁶ Hz.
    image.put('input', FREQUENCIES + 2 * channel, words32((1000 / periodMs) * 2 ** 16));
  });

  const write = ({ address, values }: Write): WriteVerdict => {
    const legal = values.every((value, i) => {
      if (address + i === BAUD) return [96, 192, 384, 576, 1152].includes(value);
      return address + i >= DEBOUNCE ? value <= 2000 : value <= 1;
    });
    return legal ? 'store' : EXCEPTION.illegalValue;
  };

  return {
    id: options.id,
    unit: options.unit,
    model: 'wb-mcm8',
    image,
    rules: { functions: [1, 2, 3, 4, 5, 6, 15, 16] },
    replyDelayMs: options.replyDelayMs ?? 5,
    contacts,
    setCount,
    advance: (now) => contacts.advance(now),
    write,
  };
}
