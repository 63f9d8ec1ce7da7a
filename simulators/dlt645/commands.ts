/** What a meter can be told: time, freezes, demand, relay. */
import { DAY_MS, MINUTE_MS, type LocalMs } from '../metering/local-time.ts';
import { ERROR, SILENT, done, isAuthorised, refused, type Answer } from './answer.ts';
import { clockData, clockOf, fromBcd, type Data } from './coded.ts';
import type { Recurring } from './moments.ts';
import type { MeterState } from './state.ts';

/** What a guarded clock lets itself be moved by, and how near to midnight not at all. */
const GUARD_MS = 5 * MINUTE_MS;
/** Level and password, then who it was. */
const CREDENTIALS = 8;
/** A relay takes its time. */
const RELAY_MS = 1_000;

/** 08H: ss mm hh DD MM YY. Nobody answers. */
export function setTime(meter: MeterState, data: Data, local: LocalMs): Answer {
  const wanted = clockOf(data.slice(0, 6));
  if (wanted === null) return SILENT;
  const shown = meter.shown(local);
  const sinceMidnight = ((shown % DAY_MS) + DAY_MS) % DAY_MS;
  const nearMidnight = sinceMidnight < GUARD_MS || DAY_MS - sinceMidnight < GUARD_MS;
  const already = meter.clockSettings.some((at) => Math.floor(at / DAY_MS) === Math.floor(local / DAY_MS));
  const guarded = Math.abs(wanted - shown) > GUARD_MS || nearMidnight || already;
  if (meter.options.guardsClock !== false && guarded) return SILENT;
  meter.options.clock.set(local, wanted);
  meter.clockSettings.push(local);
  return SILENT;
}

/** 14H: DI, credentials, data. Date (04000101) and time (04000102) can be written, nothing else. */
export function write(meter: MeterState, data: Data, local: LocalMs): Answer {
  const di = Buffer.from(data.slice(0, 4)).reverse().toString('hex');
  if (!isAuthorised(meter, data.slice(4))) return refused(ERROR.notAuthorised);
  const wanted = data.slice(4 + CREDENTIALS);
  const now = clockData(meter.shown(local), 'smhDMY');
  const time = di === '04000102' ? [...wanted, ...now.slice(3)] : [...now.slice(0, 3), ...wanted.slice(1)];
  const shown = di === '04000101' || di === '04000102' ? clockOf(time) : null;
  if (shown === null) return refused(ERROR.noSuchData);
  meter.options.clock.set(local, shown);
  meter.clockSettings.push(local);
  return done();
}

/** 16H: mm hh DD MM; 99 in the higher ones means each, 99 99 99 99 now. */
export function freeze(meter: MeterState, data: Data, local: LocalMs): Answer {
  const [minute = NaN, hour = NaN, day = NaN, month = NaN] = data.slice(0, 4).map((byte) => fromBcd([byte]));
  if (minute === 99) {
    meter.instantFreezes.push({ shown: meter.shown(local), at: local });
    return done();
  }
  const recurring = recurringOf(minute, hour, day);
  if (recurring === null || month !== 99) return refused(ERROR.other);
  meter.timedFreeze = recurring;
  return done();
}

function recurringOf(minute: number, hour: number, day: number): Recurring | null {
  if (!(minute < 60)) return null;
  if (day !== 99) return day >= 1 && day <= 28 && hour < 24 ? { each: 'month', day, hour, minute } : null;
  if (hour !== 99) return hour < 24 ? { each: 'day', hour, minute } : null;
  return { each: 'hour', minute };
}

/** 19H. */
export function clearDemand(meter: MeterState, data: Data, local: LocalMs): Answer {
  if (!isAuthorised(meter, data)) return refused(ERROR.notAuthorised);
  meter.demandClearings.push(local);
  return done();
}

/** 1CH: credentials, N1 the command, N2, until when it is good (ss mm hh DD MM YY). Accepted is not done. */
export function relay(meter: MeterState, data: Data, local: LocalMs): Answer {
  if (meter.options.relay === 'secured' || !isAuthorised(meter, data)) return refused(ERROR.notAuthorised);
  const until = clockOf(data.slice(CREDENTIALS + 2, CREDENTIALS + 8));
  if (until === null || until < meter.shown(local)) return refused(ERROR.other);
  return order(meter, data[CREDENTIALS] ?? 0, local);
}

function order(meter: MeterState, command: number, local: LocalMs): Answer {
  const { supply } = meter.options.register;
  switch (command) {
    case 0x1a:
      if (meter.keepsSupply) return refused(ERROR.other);
      meter.relayOrder = 'open';
      supply.move(local + RELAY_MS, false);
      return done();
    case 0x1b:
      meter.relayOrder = 'close-permitted';
      return done();
    case 0x1c:
      meter.relayOrder = 'closed';
      supply.move(local + RELAY_MS, true);
      return done();
    case 0x2a:
    case 0x2b:
      meter.alarm = command === 0x2a;
      return done();
    case 0x3a:
    case 0x3b:
      meter.keepsSupply = command === 0x3a;
      return done();
    default:
      return refused(ERROR.other);
  }
}

/** The customer presses the button on the meter: closes the relay where that is permitted. */
export function pressButton(meter: MeterState, local: LocalMs): void {
  if (meter.relayOrder !== 'close-permitted') return;
  meter.relayOrder = 'closed';
  meter.options.register.supply.move(local + RELAY_MS, true);
}
