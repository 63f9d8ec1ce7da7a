/**
 * A pressure transmitter of the common kind ("variant A"): 0000 address, 0001 baud, 0002 unit, 0003 decimals, 0004 the
 * value as a signed word. Source: pressure transmitter manual, scribd 640867089. FC 03 and 06.
 */
import { EXCEPTION, type Device, type DeviceOptions } from '../modbus/device.ts';
import { createImage } from '../modbus/image.ts';
import { word16 } from '../modbus/words.ts';

const VALUE = 0x0004;
/** 0002: MPa. 0003: three digits after the point. */
const MPA = 0;
const DECIMALS = 3;

export interface PressureTransmitter extends Device {
  setPressureMPa(value: number): void;
}

export function pressureTransmitter(options: DeviceOptions): PressureTransmitter {
  const image = createImage({
    holding: { 0x0000: [options.unit, 3, MPA, DECIMALS, 0x01c4] }, // 9600 baud; 0.452 MPa
    writable: { holding: [[0x0000, 0x0003]] },
  });
  return {
    id: options.id,
    unit: options.unit,
    model: 'pressure-transmitter',
    image,
    rules: { functions: [3, 6] },
    replyDelayMs: options.replyDelayMs ?? 4,
    // Its settings are kept, and used after the next power-up only.
    write: ({ address, values: [value = 0] }) =>
      address === 0x0000 && (value < 1 || value > 247) ? EXCEPTION.illegalValue : 'store',
    setPressureMPa: (value) => image.put('holding', VALUE, word16(value * 10 ** DECIMALS)),
    advance: () => undefined,
  };
}
