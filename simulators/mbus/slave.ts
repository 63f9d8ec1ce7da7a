/** An M-Bus slave on a line. */
import type { CommunityTime } from '../metering/community-time.ts';
import { MeterClock, type MeterClockOptions } from '../metering/meter-clock.ts';
import type { Dial, LineDevice, SerialSettings } from '../wire/line-device.ts';
import type { LocalMs } from '../metering/local-time.ts';
import { answerFrame } from './answer.ts';
import type { MbusModel } from './model.ts';
import { mbus } from './protocol.ts';
import { initialState, type InitialMbusState, type MbusState } from './state.ts';

export interface MbusSlave extends LineDevice {
  readonly state: MbusState;
}

export interface MbusSlaveOptions {
  readonly id: string;
  readonly model: MbusModel;
  readonly initial: InitialMbusState;
  readonly time: CommunityTime;
  readonly clock?: MeterClockOptions;
  /** What a person reads off it, and `passed`: what a bill should come to, whatever the register says. */
  readonly shows: (local: LocalMs) => Dial;
}

/** EN 13757-2: eight bits, even parity. */
const FORMAT = '8E1';

export function createMbusSlave({ id, model, initial, time, clock: skew, shows }: MbusSlaveOptions): MbusSlave {
  const clock = new MeterClock(skew ?? { since: 0 });
  let state = initialState(initial);
  return {
    id,
    model: model.name,
    protocol: mbus,
    /** Its primary address, or the identification of one that has none. */
    get address() {
      return state.primary === 0 ? state.id : String(state.primary);
    },
    get serial(): SerialSettings | undefined {
      return state.baud === null ? undefined : { baud: state.baud, format: FORMAT };
    },
    get state() {
      return state;
    },
    advance: () => undefined,
    answer(request, now) {
      const outcome = answerFrame({ model, state, clock, local: time.local(now) }, request);
      state = outcome.state;
      return typeof outcome.reply === 'string' ? outcome.reply : { frame: outcome.reply, delayMs: model.replyDelayMs };
    },
    dial: (now) => shows(time.local(now)),
  };
}
