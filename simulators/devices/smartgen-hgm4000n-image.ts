/** The HGM4020N's tables at rest: mains present, automatic mode, engine standing. Source: as smartgen-hgm4000n.ts. */
import { createImage, repeat, type Image } from '../modbus/image.ts';

export const COIL = {
  mainsOnLoad: 0x06,
  generatorOnLoad: 0x07,
  /** Followed by automatic, manual and stop mode. */
  testMode: 0x28,
  crankRelay: 0x38,
  fuelRelay: 0x39,
  mainsFault: 0x40,
  mainsNormal: 0x41,
  mainsBlackout: 0x45,
  generatorNormal: 0x48,
} as const;

/** The documents have no 0012, 0014, 0016, 001F, 0038, 0039, 003C to 0041 and 0043: taken to be illegal. */
export function hgm4000nImage(): Image {
  return createImage({
    coil: {
      0x00: repeat(0, 4), // common alarm, warning, shutdown; remote
      0x06: [1, 0], // mains on load
      0x08: repeat(0, 0x2e),
      0x29: [1], // automatic mode
      0x38: repeat(0, 0x1d),
      0x41: [1], // mains normal
    },
    holding: {
      0x00: [230, 231, 229, 399, 398, 398, 500], // V, V between phases, 50.0 Hz
      0x07: repeat(0, 7), // generator
      0x0e: [0, 0, 0, 42], // A; water 42 °C
      0x13: [0], // oil, kPa
      0x15: [87], // fuel, %
      0x17: [0, 265, 0, 0, 0, 0, 0, 0x7ffe], // rpm, battery 26.5 V, D+, powers, factor; auxiliary sensor open
      0x20: [180, 0, 0, 0, 0, 0, 0, 0, 0, 0], // service in 180 h; states and their delays
      0x2a: [0, 312, 25, 0, 0, 58, 0, 4210, 21, 10], // 312 h 25 min, 58 starts, 4210 kWh, versions
      0x34: [0, 0, 0, 0],
      0x3a: [0x7fff, 0x7fff], // no coolant level, no oil temperature
      0x42: [0],
      0x44: [0, 9650], // 965.0 l
      0x46: [312, 4020, 26, 1, 1, 4, 0, 0, 0, 18, 6, 20], // 31.2 °C, model, clock, software of 2018-06-20
    },
    writable: { coil: [[0, 6]] },
  });
}
