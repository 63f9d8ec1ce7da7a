/** Lines of DL/T 645 meters that count how often they are read. Each line is behind a TCP port. */
import { FROM_METER, REFUSED, sealFrame } from '../../../drivers/dlt645/frame.ts';
import { dlt645, openWithWakeUp } from '../../../simulators/dlt645/protocol.ts';
import { startSerialLine, type SerialLineOptions } from '../../../simulators/wire/serial-line.ts';
import type { LineAnswer, LineDevice } from '../../../simulators/wire/line-device.ts';
import type { LineAddress } from '../../../simulators/wire/line.ts';
import { sharedNow } from '../measure/time.ts';
import { meterAddresses } from '../processes/meter-addresses.ts';
import type { Protocol } from '../processes/protocol.ts';
import { serve } from '../processes/serve.ts';

export interface MeterLine extends Pick<SerialLineOptions, 'baud' | 'format' | 'paced'> {
  readonly meters: number;
}

export interface MeterLinesProgram extends Protocol {
  readonly settings: { readonly lines: readonly MeterLine[]; readonly replyDelayMs: number };
  /** Where each line is, in their order. */
  readonly ready: readonly LineAddress[];
  readonly question: null;
  readonly answer: {
    /** Of each line, of each of its meters: when its register was read. Shared monotonic milliseconds. */
    readonly asked: readonly (readonly (readonly number[])[])[];
    /** Times that the master spoke while a reply was on the wire. */
    readonly overlaps: number;
  };
}

/** Of 2007: read data; the item that is the total; there is no such item. */
const [READ, TOTAL, NO_SUCH_DATA] = [0x11, [0x00, 0x00, 0x01, 0x00], 0x02];
const WAKE_UP_BYTES = 4;

interface CountingMeter extends LineDevice {
  readonly asked: number[];
}

/** Its register rises by a hundredth with each reading. */
function countingMeter(address: string, replyDelayMs: number): CountingMeter {
  const asked: number[] = [];
  const answer = (request: Uint8Array, now: number): LineAnswer => {
    const frame = openWithWakeUp(request);
    if (frame.address !== address) return 'foreign';
    const isRead = frame.control === READ && TOTAL.every((byte, i) => frame.data[i] === byte);
    if (isRead) asked.push(now);
    const control = frame.control | FROM_METER | (isRead ? 0 : REFUSED);
    const data = isRead ? [...TOTAL, ...register(asked.length)] : [NO_SUCH_DATA];
    return {
      frame: sealFrame({ address, control, data: Uint8Array.from(data) }, WAKE_UP_BYTES),
      delayMs: replyDelayMs,
    };
  };
  return { id: address, model: 'counting-meter', protocol: dlt645, address, advance: () => undefined, answer, asked };
}

/** Eight digits, the lowest byte first. */
function register(hundredths: number): Buffer {
  return Buffer.from(String(hundredths % 1e8).padStart(8, '0'), 'hex').reverse();
}

await serve<MeterLinesProgram>(async ({ lines, replyDelayMs }) => {
  const meters = lines.map((line, i) =>
    meterAddresses(i, line.meters).map((address) => countingMeter(address, replyDelayMs)),
  );
  const started = await Promise.all(
    lines.map(({ meters: _, ...line }, i) => startSerialLine({ ...line, devices: meters[i] ?? [] })),
  );
  const offset = sharedNow() - performance.now();
  return {
    ready: started.map(({ address }) => address),
    close: async () => {
      await Promise.all(started.map((line) => line.close()));
    },
    answer: () => ({
      asked: meters.map((line) => line.map(({ asked }) => asked.map((at) => at + offset))),
      overlaps: started.reduce((sum, { behaviour }) => sum + behaviour.statistics.overlaps, 0),
    }),
  };
});
