/** A line of counting meters, units 1 to `devices`, paced at its baud rate. */
import { startSerialLine } from '../../../simulators/wire/serial-line.ts';
import type { LineAddress } from '../../../simulators/wire/line.ts';
import { sharedNow } from '../measure/time.ts';
import type { Protocol } from '../processes/protocol.ts';
import { serve } from '../processes/serve.ts';
import { countingMeter } from './counting-meter.ts';

export interface SerialLineSettings {
  readonly baud: number;
  readonly devices: number;
  readonly registers: number;
  readonly replyDelayMs: number;
  /** Whether every register changes with every request. */
  readonly moving: boolean;
  /** Where a pseudo-terminal is to stand; without it the line is behind a TCP port. */
  readonly pty?: string;
}

/** What is not named stays as it is. */
interface SerialLineQuestion {
  /** Units that do not answer from now on. */
  readonly dead?: readonly number[];
}

interface SerialLineReport {
  /** Of each unit, in their order: when its requests had arrived. Shared monotonic milliseconds. */
  readonly asked: readonly (readonly number[])[];
  readonly written: readonly (readonly number[])[];
  /** Times that the master spoke while a reply was on the wire. */
  readonly overlaps: number;
}

export interface SerialLineProgram extends Protocol {
  readonly settings: SerialLineSettings;
  readonly ready: LineAddress;
  readonly question: SerialLineQuestion;
  readonly answer: SerialLineReport;
}

await serve<SerialLineProgram>(async (settings) => {
  const { baud, devices, pty } = settings;
  const meters = Array.from({ length: devices }, (_, i) => countingMeter({ ...settings, unit: i + 1 }));
  const line = await startSerialLine({ devices: meters, baud, format: '8N1', ...(pty !== undefined && { pty }) });
  const offset = sharedNow() - performance.now();
  const shared = (times: readonly number[]): number[] => times.map((at) => at + offset);
  return {
    ready: line.address,
    close: () => line.close(),
    answer({ dead }) {
      if (dead)
        for (const { id, unit } of meters)
          line.behaviour.setDeviceFaults(id, dead.includes(unit) ? { silence: 1 } : {});
      return {
        asked: meters.map(({ asked }) => shared(asked)),
        written: meters.map(({ written }) => shared(written)),
        overlaps: line.behaviour.statistics.overlaps,
      };
    },
  };
});
