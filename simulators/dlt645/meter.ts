/** A meter of DL/T 645-2007 or -1997 on a line. */
import { FROM_METER, MORE, REFUSED, sealFrame, type Frame } from '../../drivers/dlt645/frame.ts';
import { ANY_METER, BROADCAST, addressMatches } from '../../drivers/dlt645/frame-address.ts';
import { dialText } from '../metering/register.ts';
import { localText, type LocalMs } from '../metering/local-time.ts';
import type { Dial, LineAnswer, LineDevice } from '../wire/line-device.ts';
import { SILENT, done, type Answer, type Handler } from './answer.ts';
import { clearDemand, freeze, pressButton, relay, setTime, write } from './commands.ts';
import type { Dlt645Options } from './model.ts';
import { relayIsOpen } from './parameters.ts';
import { dlt645, openWithWakeUp } from './protocol.ts';
import { read, readMore1997, readMore2007 } from './reading.ts';
import { MeterState } from './state.ts';

const DEFAULT_DELAY_MS = 100;
const DEFAULT_WAKE_UP = 4;

/** 13H: whoever hears it says its address. */
const readAddress: Handler = (meter) => done([...Buffer.from(meter.options.address, 'hex')].reverse());
/** 1DH: the multi-function terminal; the function is repeated. */
const terminal: Handler = (_meter, data) => done(data);

const HANDLERS_2007: Readonly<Record<number, Handler>> = {
  0x08: setTime,
  0x11: (meter, data, local) => read(meter, data, local, 4),
  0x12: readMore2007,
  0x13: readAddress,
  0x14: write,
  0x16: freeze,
  0x19: clearDemand,
  0x1c: relay,
  0x1d: terminal,
};

const HANDLERS_1997: Readonly<Record<number, Handler>> = {
  0x01: (meter, data, local) => read(meter, data, local, 2),
  0x02: readMore1997,
  0x08: setTime,
};

/** To everybody go time and freezes; whoever hears it obeys and nobody answers. */
const BROADCAST_FUNCTIONS = [0x08, 0x16];

/** What goes back for `answer`; null where nothing does. */
function replyFrame(request: Frame, answer: Answer, { address, answersAsAsked }: Dlt645Options): Frame | null {
  const from = answersAsAsked === true && request.address === ANY_METER ? ANY_METER : address;
  const control = request.control | FROM_METER;
  switch (answer.kind) {
    case 'silent':
      return null;
    case 'refused':
      return { address: from, control: control | REFUSED, data: Uint8Array.of(answer.error) };
    case 'data': {
      const more = answer.more === true ? MORE : 0;
      return { address: from, control: control | more, data: Uint8Array.from(answer.data) };
    }
  }
}

function answerRequest(meter: MeterState, bytes: Uint8Array, local: LocalMs): LineAnswer {
  const { options } = meter;
  const request = openWithWakeUp(bytes);
  const handler = (options.version === '1997' ? HANDLERS_1997 : HANDLERS_2007)[request.control];
  const data = [...request.data];
  if (request.address === BROADCAST) {
    if (BROADCAST_FUNCTIONS.includes(request.control)) handler?.(meter, data, local);
    return 'broadcast';
  }
  if (!addressMatches(request.address, options.address)) return 'foreign';
  if (local >= (options.deadFrom ?? Infinity)) return 'silent';
  const reply = replyFrame(request, handler?.(meter, data, local) ?? SILENT, options);
  if (reply === null) return 'silent';
  return {
    frame: sealFrame(reply, options.wakeUp ?? DEFAULT_WAKE_UP),
    delayMs: options.replyDelayMs ?? DEFAULT_DELAY_MS,
  };
}

/** As its display says it: kWh with two decimals. `passed` is what a bill should come to, whatever the register says. */
function dial(meter: MeterState, local: LocalMs): Dial {
  const { register } = meter.options;
  const kWh = (wattHours: number): string => dialText(wattHours, 3, 2);
  const tariffs = register.tariffs(local).map((amount, i) => [`1-0:1.8.${i + 1}`, kWh(amount)] as const);
  return {
    '1-0:1.8.0': kWh(register.total(local)),
    ...Object.fromEntries(tariffs),
    passed: dialText(register.passed(local), 3, 3),
    clock: localText(meter.shown(local)),
    relayOpen: relayIsOpen(meter, local),
  };
}

/** Throws where the address is not twelve digits. */
export function dlt645Meter(options: Dlt645Options): LineDevice {
  if (!/^\d{12}$/.test(options.address)) throw new RangeError(`${options.address} is no address: twelve digits are`);
  const meter = new MeterState(options);
  const { time } = options;
  return {
    id: options.id,
    model: `dlt645-${options.version ?? '2007'}-${meter.phases === 1 ? 'single' : 'three'}-phase`,
    protocol: dlt645,
    address: options.address,
    serial: options.serial,
    advance: () => undefined,
    answer: (request, now) => answerRequest(meter, request, time.local(now)),
    dial: (now) => dial(meter, time.local(now)),
    press: (now) => pressButton(meter, time.local(now)),
  };
}
