/** The receiver of a monitoring station, and when it acknowledged which alarm. */
import { startReceiver, type Received } from '../../../simulators/receiver/receiver.ts';
import { sharedNow } from '../measure/time.ts';
import type { Protocol } from '../processes/protocol.ts';
import { serve } from '../processes/serve.ts';

/** A new alarm, not its end, as it was acknowledged. */
export interface ToldAlarm {
  /** The number of its source at the station. */
  readonly zone: number;
  /** When the answer left; shared monotonic milliseconds. */
  readonly at: number;
}

export interface StationReceiverProgram extends Protocol {
  /** `codes`: those of SIA DC-03 that are new alarms. `key`: of AES, in hex. */
  readonly settings: { readonly codes: readonly string[]; readonly key: string };
  readonly ready: { readonly port: number };
  readonly question: null;
  /** All since the start; what came twice is there twice. */
  readonly answer: readonly ToldAlarm[];
}

/** `[#account|Nri1/FA0032]…` */
const ALARM = /^\[#[^|]*\|Nri\d+\/([A-Z]{2})(\d+)\]/;

await serve<StationReceiverProgram>(async ({ codes, key }) => {
  const told: ToldAlarm[] = [];
  const onReceived = ({ data, answer }: Received): void => {
    const [, code = '', zone] = ALARM.exec(data ?? '') ?? [];
    if (answer === 'ACK' && codes.includes(code)) told.push({ zone: Number(zone), at: sharedNow() });
  };
  const receiver = await startReceiver({ key: Buffer.from(key, 'hex'), onReceived });
  return { ready: { port: receiver.port }, answer: () => told, close: () => receiver.close() };
});
