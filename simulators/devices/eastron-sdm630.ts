/** Eastron SDM630, three phases. Source: "SDM630Modbus protocol" v1.8, input and holding register tables. */
import type { DeviceOptions } from '../modbus/device.ts';
import { createImage, repeat, type Image } from '../modbus/image.ts';
import { eastronMeter } from './eastron-meter.ts';
import type { Meter } from './meter.ts';

/** A read of 40 parameters (80 registers) is documented, so between the parameters there are zeros (assumed). */
function sdm630Image(): Image {
  return createImage({
    input: {
      0x0000: [0x4366, 0x3333, 0x4367, 0x8000, 0x4365, 0x0000], // 230.2, 231.5, 229 V
      0x0006: [0x4148, 0x0000, 0x4134, 0x0000, 0x415c, 0x0000], // 12.5, 11.25, 13.75 A
      0x000c: [0x4528, 0xc000, 0x4519, 0x2000, 0x4538, 0x6000], // 2700, 2450, 2950 W
      0x0012: [0x4533, 0xd800, 0x4522, 0xc600, 0x4544, 0xcc00], // 2877.5, 2604.375, 3148.75 VA
      0x0018: [0x4478, 0x8000, 0x445c, 0xc000, 0x4489, 0xa000], // 994, 883, 1101 var
      0x001e: [0x3f70, 0x0000, 0x3f70, 0x0000, 0x3f70, 0x0000], // power factors 0.9375
      0x0024: repeat(0, 0x48),
      0x002a: [0x4366, 0x4000], // mean 230.25 V
      0x002e: [0x4148, 0x0000], // mean 12.5 A
      0x0030: [0x4216, 0x0000], // sum 37.5 A
      0x0034: [0x45fd, 0x2000], // total 8100 W
      0x0038: [0x4606, 0xda80], // total 8630.625 VA
      0x003c: [0x453a, 0x2000], // total 2978 var
      0x003e: [0x3f70, 0x0000], // total power factor 0.9375
      0x0046: [0x4248, 0x0000], // 50 Hz
      0x0048: [0x4732, 0x6e80], // import 45678.5 kWh
      0x004a: [0x4144, 0x0000], // export 12.25 kWh
      0x0054: [0x45fa, 0x0000], // demand 8000 W
      0x0056: [0x46fa, 0x0000], // maximum 32000 W
      0x00c8: [0x43c7, 0x6000, 0x43c7, 0xc000, 0x43c6, 0xe000, 0x43c7, 0x5000], // 398.75, 399.5, 397.75, mean 398.625 V
      0x00ea: repeat(0, 0x24),
      0x014e: repeat(0, 0x30),
      0x0156: [0x4732, 0x7ac0], // import + export 45690.75 kWh
      0x015a: [0x466d, 0xe800, 0x466d, 0xea00, 0x466d, 0xe800], // import by phase 15226, 15226.5, 15226 kWh
    },
    holding: {
      0x0000: [0x3f80, 0x0000], // demand time 1 min
      0x0002: [0x4270, 0x0000], // demand period 60 min
      0x000c: [0x42c8, 0x0000], // relay pulse width 100 ms
      0x0012: [0x0000, 0x0000], // 0: no parity, one stop bit
      0x0014: [0x3f80, 0x0000], // node 1
      0x001c: [0x4000, 0x0000], // 2: 9600 baud
    },
    writable: {
      holding: [
        [0x0002, 0x0003],
        [0x000c, 0x000d],
      ],
    },
  });
}

export function sdm630(options: DeviceOptions): Meter {
  return eastronMeter(options, {
    model: 'eastron-sdm630',
    phases: 3,
    maxRegisters: 80,
    image: sdm630Image(),
    addresses: {
      voltageL1V: 0x0000,
      voltageL2V: 0x0002,
      voltageL3V: 0x0004,
      currentL1A: 0x0006,
      currentL2A: 0x0008,
      currentL3A: 0x000a,
      powerL1W: 0x000c,
      powerL2W: 0x000e,
      powerL3W: 0x0010,
      powerW: 0x0034,
      powerFactor: 0x003e,
      frequencyHz: 0x0046,
      importKWh: 0x0048,
      exportKWh: 0x004a,
      totalKWh: 0x0156,
    },
  });
}
