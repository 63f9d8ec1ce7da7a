/**
 * INVT Goodrive frequency converter. Source: Goodrive200A and Goodrive300 operation manuals, communication protocol:
 * 2000H to 2003H commands, 2100H to 2103H state, 3000H to 300EH running values, 5000H fault code; FC 03 and 06.
 */
import { EXCEPTION, type Device, type DeviceOptions, type WriteVerdict } from '../modbus/device.ts';
import { createImage, type Image } from '../modbus/image.ts';

/** 2100H. */
const STATUS = { forward: 1, reverse: 2, stopped: 3, fault: 4 } as const;
/** 2000H: 1 to 4 run or jog, odd ones forward; 5, 6 and 8 stop; 7 resets a fault. */
const [LAST_RUN, RESET, LAST_COMMAND] = [4, 7, 8];
const ACCELERATION_HZ_PER_S = 10;
const RATED_HZ = 50;

/** Motor overload, "OL1" in the manual's list of faults. */
export const FAULT_OL1 = 11;

export interface Goodrive extends Device {
  /** What the constant-pressure control asks for. */
  demand(frequencyHz: number): void;
  /** Set value and feedback of the closed loop, in percent of the sensor's range. */
  loop(setPercent: number, feedbackPercent: number): void;
  /** Starts it forward, as its own terminals would. */
  start(): void;
  trip(faultCode: number): void;
  /** Fault reset at the keypad. */
  reset(): void;
  readonly running: boolean;
  readonly frequencyHz: number;
}

interface Motion {
  frequencyHz: number;
  demandHz: number;
  advancedAt: number | undefined;
}

function goodriveImage(): Image {
  return createImage({
    holding: {
      0x2000: [5, 3800, 450, 0], // command: stop; 38 Hz; closed loop 45.0 %
      0x2100: [STATUS.stopped, 0x0000, 0, 0x010a], // state words 1 and 2, fault code, model GD300
      // 0 Hz, set 38 Hz, DC bus 540.0 V, 0 V, 0 A, 0 rpm, power 0 %, torque 0 %, loop 45.0 % and 45.0 %, terminals,
      // analogue inputs 4.50 V, 0 V, 0 V
      0x3000: [0, 3800, 5400, 0, 0, 0, 0, 0, 450, 450, 0x0001, 0x0000, 450, 0, 0],
      0x5000: [0],
    },
    writable: { holding: [[0x2000, 0x2003]] },
  });
}

function status(image: Image): number {
  return image.read('holding', 0x2100, 1)[0] ?? 0;
}

function setStatus(image: Image, next: number, faultCode = 0): void {
  image.put('holding', 0x2100, [next]);
  image.put('holding', 0x2102, [faultCode]);
  image.put('holding', 0x5000, [faultCode]);
}

function isTurning(image: Image): boolean {
  return status(image) === STATUS.forward || status(image) === STATUS.reverse;
}

/** 2000H. In a fault the drive refuses to run, with the exception code that its manual gives for it. */
function command(image: Image, value: number): WriteVerdict {
  const run = value <= LAST_RUN;
  if (value < 1 || value > LAST_COMMAND) return EXCEPTION.illegalValue;
  if (run && status(image) === STATUS.fault) return EXCEPTION.illegalFunction;
  if (run) setStatus(image, value % 2 === 1 ? STATUS.forward : STATUS.reverse);
  else if (value === RESET || status(image) !== STATUS.fault) setStatus(image, STATUS.stopped);
  return 'store';
}

function move(image: Image, motion: Motion, now: number): void {
  const step = (ACCELERATION_HZ_PER_S * (now - (motion.advancedAt ?? now))) / 1000;
  motion.advancedAt = now;
  const target = isTurning(image) ? motion.demandHz : 0;
  // A fault takes the voltage off the motor at once.
  if (status(image) === STATUS.fault) motion.frequencyHz = 0;
  else motion.frequencyHz += Math.max(-step, Math.min(step, target - motion.frequencyHz));
}

/** Voltage, current, speed, power and torque of a pump follow its frequency. */
function show(image: Image, { frequencyHz, demandHz }: Motion): void {
  const share = frequencyHz / RATED_HZ;
  const running = [380 * share, 280 * share ** 3, 1450 * share, 1000 * share ** 3, 1000 * share ** 2];
  image.put('holding', 0x3000, [Math.round(frequencyHz * 100), Math.round(demandHz * 100)]);
  image.put('holding', 0x3003, running.map(Math.round));
}

export function goodrive(options: DeviceOptions): Goodrive {
  const image = goodriveImage();
  const motion: Motion = { frequencyHz: 0, demandHz: 38, advancedAt: undefined };
  return {
    id: options.id,
    unit: options.unit,
    model: 'invt-goodrive',
    image,
    rules: { functions: [3, 6], maxRegisters: 16 },
    replyDelayMs: options.replyDelayMs ?? 6,
    write({ address, values: [value = 0] }) {
      if (address === 0x2001) motion.demandHz = value / 100;
      return address === 0x2000 ? command(image, value) : 'store';
    },
    demand: (hz) => void (motion.demandHz = hz),
    loop(setPercent, feedbackPercent) {
      image.put('holding', 0x3008, [Math.round(setPercent * 10), Math.round(feedbackPercent * 10)]);
      image.put('holding', 0x300c, [Math.round(feedbackPercent * 10)]);
    },
    start: () => setStatus(image, STATUS.forward),
    trip: (faultCode) => setStatus(image, STATUS.fault, faultCode),
    reset: () => setStatus(image, STATUS.stopped),
    get running() {
      return isTurning(image);
    },
    get frequencyHz() {
      return motion.frequencyHz;
    },
    advance(now) {
      move(image, motion, now);
      show(image, motion);
    },
  };
}
