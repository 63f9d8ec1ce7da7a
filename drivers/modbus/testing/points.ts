/** Points for tests, in one line each. */
import type { ModbusPoint } from '../profile.ts';

/** A holding register that can be read and written, but for what `fields` says. */
export function point(fields: Partial<ModbusPoint>): ModbusPoint {
  return {
    key: 'p',
    nameZh: '测点',
    poll: 'normal',
    table: 'holding',
    address: 0,
    width: 1,
    type: 'u16',
    wordOrder: 'high-first',
    byteOrder: 'big',
    offset: 0,
    invalid: [],
    access: 'rw',
    ...fields,
  };
}
