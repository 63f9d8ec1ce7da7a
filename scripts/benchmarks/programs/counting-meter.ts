/** A simulated device whose registers may rise with every request, with a record of when it was asked. */
import type { Device } from '../../../simulators/modbus/device.ts';
import { createImage, repeat } from '../../../simulators/modbus/image.ts';

export interface CountingMeter extends Device {
  /** When each request had arrived whole; monotonic milliseconds of this process. */
  readonly asked: number[];
  /** Those of them that were writes. */
  readonly written: number[];
}

export interface CountingMeterOptions {
  readonly unit: number;
  readonly registers: number;
  readonly replyDelayMs: number;
  /** Whether every register changes with every request. */
  readonly moving: boolean;
}

/** Where its only writable register is. */
const SETPOINT = 1000;

export function countingMeter({ unit, registers, replyDelayMs, moving }: CountingMeterOptions): CountingMeter {
  const image = createImage({
    holding: { 0: repeat(0, registers), [SETPOINT]: [0] },
    writable: { holding: [[SETPOINT, SETPOINT]] },
  });
  const asked: number[] = [];
  const written: number[] = [];
  return {
    id: `meter-${unit}`,
    unit,
    model: 'counting-meter',
    image,
    rules: { functions: [3, 6, 16] },
    replyDelayMs,
    asked,
    written,
    advance(now) {
      asked.push(now);
      if (moving) image.put('holding', 0, repeat(asked.length & 0xffff, registers));
    },
    write(_write, now) {
      written.push(now);
      return 'store';
    },
  };
}
