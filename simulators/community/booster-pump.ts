/** One water zone: a drive holds the pressure, a transmitter measures it, a relay says when the drive has tripped. */
import type { Goodrive } from '../devices/invt-goodrive.ts';
import type { PressureTransmitter } from '../devices/pressure-transmitter.ts';
import type { Random } from '../random.ts';
import type { Process, Terminal } from './process.ts';

export interface BoosterPumpParts {
  readonly drive: Goodrive;
  readonly sensor: PressureTransmitter;
  readonly faultRelay: Terminal;
  readonly setPointMPa: number;
  readonly random: Random;
}

export interface BoosterPump extends Process {
  readonly drive: Goodrive;
  readonly sensor: PressureTransmitter;
  readonly pressureMPa: number;
  trip(faultCode: number, now: number): void;
  /** The fault is reset and the drive started again. */
  recover(now: number): void;
}

/** 100 % of the closed loop. */
const SENSOR_RANGE_MPA = 1.6;
/** How fast the pressure comes and goes, and what the tank alone gives. */
const RISES_IN_MS = 4_000;
const FALLS_IN_MS = 12_000;
const RESIDUAL_SHARE = 0.1;

export function createBoosterPump({ drive, sensor, faultRelay, setPointMPa, random }: BoosterPumpParts): BoosterPump {
  let pressureMPa = setPointMPa;
  let advancedAt: number | undefined;
  const relay = (closed: boolean, now: number): void => faultRelay.contacts.set(faultRelay.channel, closed, now);
  drive.start();

  return {
    drive,
    sensor,
    get pressureMPa() {
      return pressureMPa;
    },
    trip(faultCode, now) {
      drive.trip(faultCode);
      relay(true, now);
    },
    recover(now) {
      drive.reset();
      drive.start();
      relay(false, now);
    },
    advance(now) {
      const ms = now - (advancedAt ?? now);
      advancedAt = now;
      const target = drive.running ? setPointMPa : setPointMPa * RESIDUAL_SHARE;
      const share = 1 - Math.exp(-ms / (drive.running ? RISES_IN_MS : FALLS_IN_MS));
      pressureMPa += (target - pressureMPa) * share;
      const seenMPa = pressureMPa * (1 + 0.004 * (2 * random() - 1));
      sensor.setPressureMPa(seenMPa);
      drive.loop((100 * setPointMPa) / SENSOR_RANGE_MPA, (100 * seenMPa) / SENSOR_RANGE_MPA);
      drive.demand(38 + 1.5 * Math.sin(now / 20_000) + 60 * Math.max(0, setPointMPa - pressureMPa));
    },
  };
}
