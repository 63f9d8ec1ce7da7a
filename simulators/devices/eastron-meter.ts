/** What Eastron SDM meters have in common: float32 parameters of two registers, high word first. */
import { EXCEPTION, type DeviceOptions, type Read } from '../modbus/device.ts';
import { fieldSetter } from '../modbus/fields.ts';
import type { Image } from '../modbus/image.ts';
import { float32 } from '../modbus/words.ts';
import type { Meter, MeterFields, MeterQuantity } from './meter.ts';

export interface EastronModel {
  readonly model: string;
  readonly phases: 1 | 3;
  readonly maxRegisters: number;
  readonly image: Image;
  readonly addresses: Readonly<Partial<Record<MeterQuantity, number>>>;
}

/** Every parameter is two registers: a request that would cut one in half is refused. F000 and above are integers. */
function checkRead({ address, count }: Read): number | undefined {
  if (address >= 0xf000) return undefined;
  if (address % 2 !== 0) return EXCEPTION.illegalAddress;
  return count % 2 !== 0 ? EXCEPTION.illegalValue : undefined;
}

export function eastronMeter(options: DeviceOptions, made: EastronModel): Meter {
  const fields: MeterFields = Object.fromEntries(
    Object.entries(made.addresses).map(([key, address]) => [key, { table: 'input', address, words: float32 }]),
  );
  return {
    id: options.id,
    unit: options.unit,
    model: made.model,
    phases: made.phases,
    image: made.image,
    // The manuals describe 03, 04, 08 and 16; 06 is answered with exception 01.
    rules: { functions: [3, 4, 8, 16], maxRegisters: made.maxRegisters, checkRead, ignoresBroadcast: true },
    replyDelayMs: options.replyDelayMs ?? 8,
    set: fieldSetter(made.image, fields),
    advance: () => undefined,
  };
}
