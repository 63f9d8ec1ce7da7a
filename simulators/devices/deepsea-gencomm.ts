/**
 * A Deep Sea controller that speaks GenComm: address = page × 256 + offset, FC 03 and 16. Source: Victron dse-modbus-
 * simulator (dse_registers.json, dse_alarms.json) and genmon (Deep Sea 7320). What a set does not measure reads FFFF or 7FFF.
 */
import { EXCEPTION, type Device, type DeviceOptions, type WriteVerdict } from '../modbus/device.ts';
import { createImage, repeat, type Image } from '../modbus/image.ts';
import { words32 } from '../modbus/words.ts';
import { createEngine, type Engine, type EngineState } from './engine.ts';

/** Page 5, offset 128. */
const STATE: Readonly<Record<EngineState, number>> = {
  standby: 0,
  cranking: 1,
  warming: 2,
  running: 3,
  cooling: 4,
  stopping: 5,
};
const MODE = 0x0304;
/** 0304: 0 stop, 1 automatic, 2 manual; the keys that choose them follow each other in the same order. */
const [AUTO, MANUAL] = [1, 2];
const CONTROL = 0x1008;
/** Written with its complement to 65535 in the next register; anything else is refused. */
const KEY = { stop: 35700, auto: 35701, manual: 35702, start: 35705, telemetryStart: 35732, telemetryStop: 35733 };
const NAMED_ALARMS = 32;

export interface Gencomm extends Device {
  readonly engine: Engine;
  /** 1 not active, 2 warning, 3 shutdown, 4 electrical trip. Four to a register, the first in the highest four bits. */
  setAlarm(index: number, code: number): void;
}

function gencommImage(): Image {
  const alarms = [NAMED_ALARMS, ...repeat(0x1111, NAMED_ALARMS / 4)];
  return createImage({
    holding: {
      0x0300: [1, 7320, 0x0012, 0xd687, AUTO], // maker Deep Sea, model, serial number 1234567, automatic
      // Oil 0 kPa, coolant 38 °C, no oil temperature, fuel 76 %, charge 0 V, battery 26.4 V, 0 rpm, 0 Hz
      0x0400: [0, 38, 0x7fff, 76, 0, 264, 0, 0],
      0x0408: repeat(0, 18), // voltages ×0.1 V and currents ×0.1 A, two registers each
      0x041a: [0xffff, 0xffff], // no earth current
      0x041c: repeat(0, 6), // W by phase
      0x0422: [0x7fff, 500, 0, 2302, 0, 2315, 0, 2290], // phase lag; mains 50.0 Hz, 230.2, 231.5, 229.0 V
      0x0580: [0],
      0x0600: repeat(0, 2), // W
      0x0616: [0], // load ×0.1 %
      0x0706: [0x0006, 0x1a80], // 400 000 s of running
      0x0708: [0x0001, 0x86a0], // 10 000.0 kWh
      0x0710: [0x0000, 0x0051], // 81 starts
      0x0800: alarms,
      0x9a00: alarms,
    },
    writable: { holding: [[CONTROL, CONTROL + 1]] },
  });
}

function show(image: Image, engine: Engine): void {
  const put = (address: number, ...words: number[]): void => image.put('holding', address, words.map(Math.round));
  const { rpm } = engine;
  const volts = (2302 * rpm) / 1500;
  put(0x0400, rpm > 400 ? 395 : 0, engine.state === 'standby' ? 38 : 74);
  put(0x0405, rpm > 400 ? 279 : 264, rpm, rpm / 3);
  for (let phase = 0; phase < 3; phase++) {
    put(0x0408 + 2 * phase, ...words32(volts));
    put(0x040e + 2 * phase, ...words32(volts * Math.sqrt(3)));
  }
  put(0x0580, STATE[engine.state]);
  put(0x0706, ...words32(400_000 + engine.runSeconds));
  put(0x0710, ...words32(81 + engine.starts));
}

/** Page 16. The start key works in manual mode, telemetry in automatic mode. */
function press(image: Image, engine: Engine, key: number): WriteVerdict {
  const mode = image.read('holding', MODE, 1)[0];
  switch (key) {
    case KEY.stop:
    case KEY.auto:
    case KEY.manual:
      image.put('holding', MODE, [key - KEY.stop]);
      if (key !== KEY.manual) engine.stop();
      return 'taken';
    case KEY.start:
      if (mode !== MANUAL) return EXCEPTION.illegalValue;
      engine.start();
      return 'taken';
    case KEY.telemetryStart:
    case KEY.telemetryStop:
      if (mode !== AUTO) return EXCEPTION.illegalValue;
      if (key === KEY.telemetryStart) engine.start();
      else engine.stop();
      return 'taken';
    default:
      return EXCEPTION.illegalValue;
  }
}

export function gencomm(options: DeviceOptions): Gencomm {
  const image = gencommImage();
  const engine = createEngine();
  return {
    id: options.id,
    unit: options.unit,
    model: 'deepsea-gencomm',
    image,
    rules: { functions: [3, 16] },
    replyDelayMs: options.replyDelayMs ?? 3,
    engine,
    write({ address, values: [key = 0, complement] }) {
      if (address !== CONTROL || complement !== 0xffff - key) return EXCEPTION.illegalValue;
      return press(image, engine, key);
    },
    setAlarm(index, code) {
      for (const base of [0x0801, 0x9a01]) {
        const address = base + Math.floor(index / 4);
        const shift = 12 - 4 * (index % 4);
        const [word = 0] = image.read('holding', address, 1);
        image.put('holding', address, [(word & ~(0xf << shift)) | (code << shift)]);
      }
    },
    advance(now) {
      engine.advance(now);
      show(image, engine);
    },
  };
}
