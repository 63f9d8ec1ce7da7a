/**
 * SmartGen HGM4020N: it watches the mains, starts the genset when they fail and transfers the load. Source: genmon,
 * data/controller/SmartGen_HGM4000.json. FC 01 status bits, FC 03 values, FC 05 on coils 0 to 6 as keys.
 */
import type { Device, DeviceOptions } from '../modbus/device.ts';
import { repeat, type Image } from '../modbus/image.ts';
import { createEngine, type Engine, type EngineState } from './engine.ts';
import { COIL, hgm4000nImage } from './smartgen-hgm4000n-image.ts';

/** Holding 0022, engine state. */
const STATE: Readonly<Record<EngineState, number>> = {
  standby: 0,
  cranking: 3,
  warming: 7,
  running: 9,
  cooling: 10,
  stopping: 13,
};
/** In the order of their status coils, from 0028. */
const MODES = ['test', 'auto', 'manual', 'stop'] as const;
type Mode = (typeof MODES)[number];
/** FC 05: the keys by coil. 5 and 6 switch generator and mains by hand, which this simulation does not follow. */
const START_KEY = 0;
const MODE_KEYS: Readonly<Record<number, Mode>> = { 1: 'stop', 2: 'test', 3: 'auto', 4: 'manual' };

const MAINS_FAIL_DELAY_MS = 2_000;
const MAINS_RETURN_DELAY_MS = 5_000;

interface Automatic {
  mode: Mode;
  mainsGood: boolean;
  mainsChangedAt: number | undefined;
  onLoad: 'mains' | 'generator' | 'nothing';
}

export interface Hgm4000n extends Device {
  readonly engine: Engine;
  readonly onLoad: Automatic['onLoad'];
  /** What the mains terminals carry: phase voltages in V, frequency in Hz. */
  mains(voltagesV: readonly [number, number, number], frequencyHz: number): void;
}

/** Automatic mains failure: the sequence that the controller exists for. */
function watchMains(state: Automatic, engine: Engine, now: number): void {
  const lastedMs = now - (state.mainsChangedAt ?? now);
  const returned = state.mainsGood && lastedMs >= MAINS_RETURN_DELAY_MS;
  if (state.mode === 'test') engine.start();
  else if (state.mode === 'auto' && !state.mainsGood && lastedMs >= MAINS_FAIL_DELAY_MS) engine.start();
  else if (state.mode === 'stop' || (state.mode === 'auto' && returned)) engine.stop();
  if (state.mainsGood && (state.mode !== 'auto' || returned || state.onLoad === 'mains')) state.onLoad = 'mains';
  else state.onLoad = engine.state === 'running' ? 'generator' : 'nothing';
}

function showBits(image: Image, state: Automatic, engine: Engine): void {
  const bit = (address: number, on: boolean): void => image.put('coil', address, [on ? 1 : 0]);
  MODES.forEach((mode, i) => bit(COIL.testMode + i, mode === state.mode));
  bit(COIL.mainsOnLoad, state.onLoad === 'mains');
  bit(COIL.generatorOnLoad, state.onLoad === 'generator');
  bit(COIL.crankRelay, engine.state === 'cranking');
  bit(COIL.fuelRelay, engine.state !== 'standby' && engine.state !== 'stopping');
  bit(COIL.mainsFault, !state.mainsGood);
  bit(COIL.mainsNormal, state.mainsGood);
  bit(COIL.mainsBlackout, !state.mainsGood);
  bit(COIL.generatorNormal, engine.state === 'running');
}

function showWords(image: Image, engine: Engine, loaded: boolean): void {
  const put = (address: number, ...words: number[]): void => image.put('holding', address, words.map(Math.round));
  const { rpm, state } = engine;
  const volts = (230 * rpm) / 1500;
  const minutes = 312 * 60 + 25 + Math.floor(engine.runSeconds / 60);
  put(0x07, ...repeat(volts, 3), ...repeat(volts * Math.sqrt(3), 3));
  put(0x0d, rpm / 3); // 0.1 Hz: 1500 rpm of a four-pole generator is 50 Hz
  put(0x0e, ...repeat(loaded ? 645 : 0, 3)); // 64.5 A
  put(0x11, state === 'standby' ? 42 : 78);
  put(0x13, rpm > 400 ? 410 : 0); // kPa
  put(0x17, rpm, rpm > 400 ? 281 : 265); // battery 28.1 or 26.5 V
  put(0x1a, ...(loaded ? [420, 140, 443, 95] : [0, 0, 0, 0])); // 42.0 kW, 14.0 kvar, 44.3 kVA, 0.95
  put(0x22, STATE[state]);
  put(0x2a, 0, Math.floor(minutes / 60), minutes % 60, engine.runSeconds % 60, 0, 58 + engine.starts);
  put(0x37, loaded ? 60 : 0); // % of rated power
}

/** Phase voltages, voltages between phases, frequency ×0.1 Hz. */
function showMains(image: Image, [l1, l2, l3]: readonly [number, number, number], frequencyHz: number): void {
  const between = [l1 + l2, l2 + l3, l3 + l1].map((sum) => (sum / 2) * Math.sqrt(3));
  image.put('holding', 0x00, [l1, l2, l3, ...between, frequencyHz * 10].map(Math.round));
}

export function hgm4000n(options: DeviceOptions): Hgm4000n {
  const image = hgm4000nImage();
  const engine = createEngine();
  const state: Automatic = { mode: 'auto', mainsGood: true, mainsChangedAt: undefined, onLoad: 'mains' };
  let at = 0;
  return {
    id: options.id,
    unit: options.unit,
    model: 'smartgen-hgm4000n',
    image,
    rules: { functions: [1, 3, 5] },
    replyDelayMs: options.replyDelayMs ?? 6,
    engine,
    get onLoad() {
      return state.onLoad;
    },
    write({ address, values: [value] }) {
      if (value !== 1) return 'taken';
      // The start key works in manual mode only; elsewhere the controller takes the command and does nothing.
      if (address === START_KEY && state.mode === 'manual') engine.start();
      state.mode = MODE_KEYS[address] ?? state.mode;
      return 'taken';
    },
    mains(voltagesV, frequencyHz) {
      showMains(image, voltagesV, frequencyHz);
      const good = voltagesV.every((volts) => volts > 184 && volts < 276);
      if (good !== state.mainsGood) state.mainsChangedAt = at;
      state.mainsGood = good;
    },
    advance(now) {
      at = now;
      engine.advance(now);
      watchMains(state, engine, now);
      showBits(image, state, engine);
      showWords(image, engine, state.onLoad === 'generator');
    },
  };
}
