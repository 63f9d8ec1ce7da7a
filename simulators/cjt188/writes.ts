/** What a meter makes of requests that change something: CJ/T 188-2004, table of data identifiers, A010 to A019. */
import { fromBcd } from '../../drivers/bytes/bcd.ts';
import { digitsLowFirst } from '../../drivers/bytes/bcd-low-first.ts';
import { timeOf } from './bytes.ts';
import { mainRegister } from './content.ts';
import { current, type Moment } from './moment.ts';
import { CONTROL, REFUSED, type Answer, type Request } from './request.ts';
import type { Cjt188State } from './state.ts';
import { statusBytes } from './status.ts';
import { commandValve } from './valve.ts';

const OPEN = 0x55;
const CLOSE = 0x99;
/** One maker's acceptance of a valve command says this instead of its status. */
const MAKERS_ACCEPTANCE = Uint8Array.of(0x01, 0xff);

/** DI, SER and the status as it is when the command is accepted; a new address: DI and SER alone. */
export function answerWrite(moment: Moment, request: Request): Answer {
  const state = written(moment, request);
  if (state === null) return REFUSED;
  if (request.control === CONTROL.writeAddress) return { kind: 'data', data: new Uint8Array(), state };
  const isMakers = request.control === CONTROL.makersWrite;
  const data = isMakers ? MAKERS_ACCEPTANCE : statusBytes({ ...moment, state });
  return { kind: 'data', data, state };
}

/** The state afterwards; null where the meter refuses. */
function written(moment: Moment, { control, di, data }: Request): Cjt188State | null {
  const { model, state } = moment;
  if (control === CONTROL.writeAddress) return di === 0xa018 ? withAddress(state, data) : null;
  if (control === CONTROL.writeBase) return di === 0xa016 ? withBase(moment, data) : null;
  if (di === 0xa017) return control === (model.valve?.control ?? CONTROL.write) ? withValve(moment, data) : null;
  if (control !== CONTROL.write) return null;
  switch (di) {
    case 0xa010:
      // Three prices, two volumes, the day they begin on.
      return data.length === 16 ? { ...state, prices: data.slice(0, 15) } : null;
    case 0xa011:
      return withDay(data, (settlementDay) => ({ ...state, settlementDay }));
    case 0xa012:
      return withDay(data, (readingDay) => ({ ...state, readingDay }));
    case 0xa015:
      return withClock(moment, data);
    case 0xa019:
      return state;
    default:
      return null;
  }
}

function withDay(data: Uint8Array, changed: (day: number) => Cjt188State): Cjt188State | null {
  const day = data.length === 1 ? fromBcd(data[0] ?? 0, 2) : null;
  return day === null || day < 1 || day > 28 ? null : changed(day);
}

/** The clock is set at once: what it froze before stays frozen. */
function withClock({ model, clock, state, local }: Moment, data: Uint8Array): Cjt188State | null {
  const shown = timeOf(data);
  if (shown === null || model.noClock !== null) return null;
  clock.set(local, shown);
  return state;
}

/** The register then shows what the dial shows. The unit is the meter's own, or 00 as one captured master sends it. */
function withBase(moment: Moment, data: Uint8Array): Cjt188State | null {
  const sent = mainRegister(moment.model);
  const digits = digitsLowFirst(data.subarray(0, 4));
  if (data.length !== 5 || digits === null) return null;
  if (data[4] !== sent.unit && data[4] !== 0) return null;
  const { hundredths } = moment.state.base;
  const missing = Number(digits) - current(moment, sent) + 10 ** digits.length;
  return { ...moment.state, base: { hundredths: (hundredths + missing) % 10 ** digits.length, since: moment.local } };
}

function withAddress(state: Cjt188State, data: Uint8Array): Cjt188State | null {
  const address = digitsLowFirst(data);
  return data.length === 7 && address !== null ? { ...state, address } : null;
}

function withValve({ model, state, now }: Moment, data: Uint8Array): Cjt188State | null {
  const [command] = data;
  if (model.valve === null || data.length !== 1) return null;
  if (command === OPEN) return { ...state, valve: commandValve(model.valve, state.valve, 'open', now) };
  if (command === CLOSE) return { ...state, valve: commandValve(model.valve, state.valve, 'closed', now) };
  return null;
}
