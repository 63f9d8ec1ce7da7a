/**
 * Schneider iEM3000 series, three phases. Source: mbmd, meters/rs485/iem3000.go; Schneider's own numbers are these + 1.
 * FC 03: float32 (powers in kW) and int64 energies in Wh, most significant word first.
 */
import type { DeviceOptions } from '../modbus/device.ts';
import { fieldSetter, type Field } from '../modbus/fields.ts';
import { createImage } from '../modbus/image.ts';
import { float32, words64 } from '../modbus/words.ts';
import type { Meter, MeterFields } from './meter.ts';

const float = (address: number, perUnit = 1): Field => ({ table: 'holding', address, words: float32, perUnit });
const energy = (address: number): Field => ({ table: 'holding', address, words: words64, perUnit: 1000 });

const FIELDS: MeterFields = {
  currentL1A: float(0x0bb7),
  currentL2A: float(0x0bb9),
  currentL3A: float(0x0bbb),
  voltageL1V: float(0x0bd3),
  voltageL2V: float(0x0bd5),
  voltageL3V: float(0x0bd7),
  powerL1W: float(0x0bed, 0.001),
  powerL2W: float(0x0bef, 0.001),
  powerL3W: float(0x0bf1, 0.001),
  powerW: float(0x0bf3, 0.001),
  frequencyHz: float(0x0c25),
  importKWh: energy(0x0c83),
  exportKWh: energy(0x0c87),
};

export function iem3000(options: DeviceOptions): Meter {
  const image = createImage({
    holding: {
      0x0bb7: [0x41ac, 0x0000, 0x419a, 0x0000, 0x41a0, 0x0000], // 21.5, 19.25, 20 A
      0x0bd3: [0x4365, 0x8000, 0x4366, 0x3333, 0x4367, 0x8000], // 229.5, 230.2, 231.5 V
      0x0bed: [0x4098, 0x0000, 0x4088, 0x0000, 0x4090, 0x0000, 0x4158, 0x0000], // 4.75, 4.25, 4.5, total 13.5 kW
      0x0c25: [0x4248, 0x2000], // 50.03125 Hz
      0x0c83: [0x0000, 0x0002, 0x4cb0, 0x16ea], // import 9 876 543.210 kWh
      0x0c87: [0x0000, 0x0000, 0x0000, 0x04d2], // export 1.234 kWh
      0x0dbd: [0x0000, 0x0000, 0xc43a, 0xb24e], // L1 3 292 181.070 kWh
      0x0dc1: [0x0000, 0x0000, 0xc43a, 0xb24e],
      0x0dc5: [0x0000, 0x0000, 0xc43a, 0xb24e],
    },
  });
  return {
    id: options.id,
    unit: options.unit,
    model: 'schneider-iem3000',
    phases: 3,
    image,
    rules: { functions: [3, 6, 16] },
    replyDelayMs: options.replyDelayMs ?? 3,
    set: fieldSetter(image, FIELDS),
    advance: () => undefined,
  };
}
