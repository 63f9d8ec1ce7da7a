/** What the maker of a simulated meter, of whatever protocol, is told about the one meter. */
import type { SerialSettings } from '../wire/line-device.ts';
import type { CommunityTime } from './community-time.ts';
import type { MeterClock } from './meter-clock.ts';
import type { Register } from './register.ts';

export interface MeterLife {
  /** Unique in the community. */
  readonly id: string;
  /** As printed on the meter. */
  readonly address: string;
  /** From the monotonic time of the wires to the local time of the community. */
  readonly time: CommunityTime;
  /** From the local time of the community to what the meter's clock shows. */
  readonly clock: MeterClock;
  /** In Wh, or in litres. Its switch is the meter's relay or valve. */
  readonly register: Register;
  /** From the end of a request to the start of the reply, in milliseconds. Default: usual for the protocol. */
  readonly replyDelayMs?: number;
  /** Default: that of its line. */
  readonly serial?: SerialSettings;
}
