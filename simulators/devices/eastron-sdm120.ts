/** Eastron SDM120M, single phase. Source: "SDM120 Modbus protocol" v2.5, input and holding register tables. */
import type { DeviceOptions } from '../modbus/device.ts';
import { createImage, repeat, type Image } from '../modbus/image.ts';
import { eastronMeter } from './eastron-meter.ts';
import type { Meter } from './meter.ts';

/** Between the documented parameters there are zeros: a read may span several parameters (assumed). */
function sdm120Image(): Image {
  return createImage({
    input: {
      0x0000: [0x4366, 0x3333], // 230.2 V
      0x0002: repeat(0, 0x5e),
      0x0006: [0x3fc0, 0x0000], // 1.5 A
      0x000c: [0x43a9, 0x3333], // 338.4 W
      0x0012: [0x43ac, 0xa666], // 345.3 VA
      0x0018: [0x4289, 0x6666], // 68.7 var
      0x001e: [0x3f7a, 0xe148], // power factor 0.98
      0x0046: [0x4248, 0x0000], // 50 Hz
      0x0048: [0x449a, 0x5000], // import 1234.5 kWh
      0x004a: [0x3e80, 0x0000], // export 0.25 kWh
      0x004c: [0x4352, 0xc000], // import 210.75 kvarh
      0x004e: [0x3fc0, 0x0000], // export 1.5 kvarh
      0x0054: [0x43aa, 0x0000], // demand 340 W
      0x0056: [0x45a0, 0x0000], // maximum demand 5120 W
      0x0058: [0x43aa, 0x0000], // import demand 340 W
      0x005a: [0x45a0, 0x0000], // maximum import demand 5120 W
      0x0100: repeat(0, 0x0a),
      0x0102: [0x3fc0, 0x0000], // current demand 1.5 A
      0x0108: [0x41b4, 0x0000], // maximum current demand 22.5 A
      0x0156: [0x449a, 0x5800], // total 1234.75 kWh
      0x0158: [0x4354, 0x4000], // total 212.25 kvarh
    },
    holding: {
      0x000c: [0x42c8, 0x0000], // relay pulse width 100 ms
      0x0012: [0x0000, 0x0000], // 0: no parity, one stop bit
      0x0014: [0x3f80, 0x0000], // meter id 1
      0x001c: [0x4000, 0x0000], // 2: 9600 baud
      0x0056: [0x4040, 0x0000], // pulse 1: import and export
      0xf920: [0x0002], // total is import + export
      0xfc00: [0x0124, 0xf80a], // serial number 19200010
      0xfc02: [0x0020], // meter code
    },
    writable: {
      holding: [
        [0x000c, 0x000d],
        [0xf920, 0xf920],
      ],
    },
  });
}

export function sdm120(options: DeviceOptions): Meter {
  return eastronMeter(options, {
    model: 'eastron-sdm120',
    phases: 1,
    maxRegisters: 80,
    image: sdm120Image(),
    addresses: {
      voltageL1V: 0x0000,
      currentL1A: 0x0006,
      powerW: 0x000c,
      powerFactor: 0x001e,
      frequencyHz: 0x0046,
      importKWh: 0x0048,
      exportKWh: 0x004a,
      totalKWh: 0x0156,
    },
  });
}
