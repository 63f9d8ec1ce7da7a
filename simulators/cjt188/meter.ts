/** A CJ/T 188 meter on a line: its model, what has become of it, and the time that it lives in. */
import type { CommunityTime } from '../metering/community-time.ts';
import { localText } from '../metering/local-time.ts';
import { MeterClock, type MeterClockOptions } from '../metering/meter-clock.ts';
import { dialText } from '../metering/register.ts';
import type { Dial, LineDevice, SerialSettings } from '../wire/line-device.ts';
import { answerRequest } from './answer.ts';
import { mainRegister } from './content.ts';
import { METER_TYPE, type Cjt188Model } from './model.ts';
import { current, passed, type Moment } from './moment.ts';
import { cjt188 } from './protocol.ts';
import { initialState, type Cjt188State, type InitialState } from './state.ts';
import { valveAt, valveShown } from './valve.ts';

export interface Cjt188Meter extends LineDevice {
  readonly model: string;
  /** What masters have made of it so far. */
  readonly state: Cjt188State;
}

export interface Cjt188MeterOptions {
  readonly id: string;
  readonly model: Cjt188Model;
  readonly initial: InitialState;
  readonly time: CommunityTime;
  readonly clock?: MeterClockOptions;
  /** Default: that of its line. */
  readonly serial?: SerialSettings | undefined;
}

/** The register's name for billing, by T. */
const OBIS: ReadonlyMap<number, string> = new Map([
  [METER_TYPE.hotWater, '9-0:1.0.0'],
  [METER_TYPE.heat, '6-0:1.0.0'],
  [METER_TYPE.cold, '6-0:1.0.0'],
  [METER_TYPE.heatAndCold, '6-0:1.0.0'],
  [METER_TYPE.gas, '7-0:3.0.0'],
]);
const COLD_WATER = '8-0:1.0.0';

export function createCjt188Meter({
  id,
  model,
  initial,
  time,
  clock: skew = { since: 0 },
  serial,
}: Cjt188MeterOptions): Cjt188Meter {
  const clock = new MeterClock(skew);
  let state = initialState(initial);
  const momentAt = (now: number): Moment => ({ model, state, clock, now, local: time.local(now) });

  /** Brings the valve to `now`: what it shuts off is shut off from the end of its motor's turn on. */
  function advance(now: number): void {
    const { valve } = state;
    if (model.valve === null || valve.motor === null) return;
    const moved = valveAt(model.valve, valve, now);
    if (moved.position !== valve.position) {
      mainRegister(model).register.supply.move(time.local(valve.motor.endsAt), moved.position === 'open');
    }
    state = { ...state, valve: moved };
  }

  if (state.valve.position === 'closed') mainRegister(model).register.supply.move(0, false);
  return {
    id,
    model: model.name,
    protocol: cjt188,
    serial,
    get address() {
      return state.address;
    },
    get state() {
      return state;
    },
    advance,
    answer(request, now) {
      advance(now);
      const outcome = answerRequest(momentAt(now), request);
      state = outcome.state;
      return typeof outcome.reply === 'string' ? outcome.reply : { frame: outcome.reply, delayMs: model.replyDelayMs };
    },
    dial(now) {
      advance(now);
      return dialAt(momentAt(now));
    },
  };
}

/** As its display says it. `passed` is what a bill should come to, whatever the register says. */
function dialAt(moment: Moment): Dial {
  const { model, clock, state, local } = moment;
  const register = mainRegister(model);
  return {
    [OBIS.get(model.meterType) ?? COLD_WATER]: dialText(current(moment, register), 2, 2),
    passed: dialText(passed(moment, register), 2, 2),
    ...(model.noClock === null && { clock: localText(clock.shows(local)) }),
    ...(model.valve !== null && { valve: valveShown(state.valve) }),
  };
}
