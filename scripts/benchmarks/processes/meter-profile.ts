/** The profile of a counting meter: one stretch of registers, read as one block. */

export const METER_PROFILE = 'bench-meter';
/** Its only writable point. */
export const SETPOINT_KEY = 'setpoint';
const SETPOINT_ADDRESS = 1000;

export interface MeterShape {
  /** 16-bit points, from address 0 on. */
  readonly words: number;
  /** 32-bit floats, after them. */
  readonly floats?: number;
}

export function meterProfile({ words, floats = 0 }: MeterShape) {
  const word = (i: number) => ({ ...named(`w${i}`), address: i, type: 'u16' });
  const float = (i: number) => ({ ...named(`f${i}`), address: words + 2 * i, type: 'f32' });
  return {
    id: METER_PROFILE,
    driver: 'modbus',
    maker: 'none',
    model: 'Counting meter of the benchmarks',
    nameZh: '基准表',
    manual: { title: 'scripts/benchmarks/programs/counting-meter.ts', edition: 'none', pages: 'all' },
    verified: 'device',
    points: [
      ...Array.from({ length: words }, (_, i) => word(i)),
      ...Array.from({ length: floats }, (_, i) => float(i)),
      { ...named(SETPOINT_KEY), address: SETPOINT_ADDRESS, type: 'u16', access: 'w', min: 0, max: 65535 },
    ],
  };
}

function named(key: string) {
  return { key, nameZh: key, poll: 'fast', table: 'holding' };
}
