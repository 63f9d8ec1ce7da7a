/**
 * Chint DTSU666, three phases. Source: mbmd, meters/rs485/dtsu666.go. Float32, high word first, FC 03; voltages, powers and
 * the rest are whole multiples of 0.1 V, 0.001 A, 0.1 W, 0.001 and 0.01 Hz.
 */
import type { DeviceOptions } from '../modbus/device.ts';
import { fieldSetter, type Field } from '../modbus/fields.ts';
import { createImage } from '../modbus/image.ts';
import { float32 } from '../modbus/words.ts';
import type { Meter, MeterFields } from './meter.ts';

const at = (address: number, perUnit: number): Field => ({ table: 'holding', address, words: float32, perUnit });

const FIELDS: MeterFields = {
  voltageL1V: at(0x2006, 10),
  voltageL2V: at(0x2008, 10),
  voltageL3V: at(0x200a, 10),
  currentL1A: at(0x200c, 1000),
  currentL2A: at(0x200e, 1000),
  currentL3A: at(0x2010, 1000),
  powerW: at(0x2012, 10),
  powerL1W: at(0x2014, 10),
  powerL2W: at(0x2016, 10),
  powerL3W: at(0x2018, 10),
  powerFactor: at(0x202a, 1000),
  frequencyHz: at(0x2044, 100),
  importKWh: at(0x101e, 1),
  exportKWh: at(0x1028, 1),
};

export function dtsu666(options: DeviceOptions): Meter {
  const image = createImage({
    holding: {
      0x0006: [1, 1], // current and voltage transformer ratios
      0x101e: [0x445b, 0x2000], // import 876.5 kWh
      0x1028: [0x3fa0, 0x0000], // export 1.25 kWh
      0x2006: [0x450f, 0xe000, 0x4510, 0xb000, 0x450f, 0x2000], // 230.2, 231.5, 229 V
      0x200c: [0x459f, 0x6000, 0x4584, 0xd000, 0x45bb, 0x8000], // 5.1, 4.25, 6 A
      0x2012: [0x4702, 0xdc00, 0x462b, 0xe000, 0x4614, 0x7000, 0x464b, 0x2000], // 3350, 1100, 950, 1300 W
      0x201a: [0x45da, 0xc000, 0x4511, 0x0000, 0x4511, 0x0000, 0x4511, 0x0000], // 700, 232, 232, 232 var
      0x202a: [0x446d, 0x8000, 0x446d, 0x8000, 0x446d, 0x8000, 0x446d, 0x8000], // power factors 0.95
      0x2044: [0x459c, 0x3800], // 49.99 Hz
    },
  });
  return {
    id: options.id,
    unit: options.unit,
    model: 'chint-dtsu666',
    phases: 3,
    image,
    rules: { functions: [3, 16] },
    replyDelayMs: options.replyDelayMs ?? 8,
    set: fieldSetter(image, FIELDS),
    advance: () => undefined,
  };
}
