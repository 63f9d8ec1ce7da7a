/** Ways to break what lines, tables and the site say of each other, each with everything that must be said of it. */
import type { BadEdit } from './bad-meter-lines.ts';

export const BAD_RELATIONS: readonly BadEdit[] = [
  [
    'an address that lost the zeros at its start',
    'billed.csv',
    [['000000000042,plate', '42,plate']],
    ['billed.csv:9:37: error: the address 42 has not 12 digits (such as 000000000042)'],
  ],
  [
    'an unknown bus',
    'billed.csv',
    [
      ['电,east', '电,eats'],
      ['2026-03-10 09:30,4711.25', ','],
      ['E-1202-B,3-1-1202,electricity,east,2', 'E-1202-B,3-1-1202,electricity,est,3'],
      [',E-1202,,', ',,,'],
    ],
    [
      'billed.csv:3:19: error: there is no bus "eats" (did you mean "east"?)',
      'billed.csv:4:31: error: there is no bus "est" (did you mean "east"?)',
    ],
  ],
  [
    'an unknown profile',
    'billed.csv',
    [['east,1,eastron-sdm120', 'east,1,eastron-sdm12']],
    ['billed.csv:2:36: error: there is no profile "eastron-sdm12" (did you mean "eastron-sdm120"?)'],
  ],
  [
    'an unknown device',
    'billed.csv',
    [['pulses-1,di1Count', 'pulse-1,di1Count']],
    ['billed.csv:6:30: error: there is no device "pulse-1" (did you mean "pulses-1"?)'],
  ],
  [
    'an unknown point',
    'billed.csv',
    [['pulses-1,di1Count', 'pulses-1,di1Cuont']],
    ['billed.csv:6:39: error: the profile wb-mcm8 has no point "di1Cuont" that can be read (did you mean "di1Count"?)'],
  ],
  [
    'a point that is no register',
    'billed.csv',
    [['three-phase,importEnergy', 'three-phase,frequency']],
    [
      'billed.csv:8:34: error: frequency of the profile eastron-sdm630 is a frequency in Hz, and electricity is billed by energy (name the point that is the register)',
    ],
  ],
  [
    'a register in a unit that the bill cannot be in exactly',
    'billed.csv',
    [['hotWater,west,000000000042,plate-meter', 'heat,west,000000000042,plate-heat']],
    [
      'billed.csv:9:46: error: energy of the profile plate-heat is in GJ, which no decimal number of kWh stands for exactly (bill it in its own unit: enter "unit": GJ)',
    ],
  ],
  [
    'a counter without a weight',
    'billed.csv',
    [['di1Count,0.001', 'di1Count,']],
    [
      'billed.csv:6:39: error: di1Count of the profile wb-mcm8 counts pulses, and nobody says what one is worth (enter "pulseWeight", in the unit of the utility, such as 0.01)',
    ],
  ],
  [
    'a weight without a counter',
    'billed.csv',
    [['importEnergy,,40', 'importEnergy,0.1,40']],
    [
      'billed.csv:8:34: error: importEnergy of the profile eastron-sdm630 is no counter, and there is a pulseWeight (this profile has no counters: empty "pulseWeight")',
    ],
  ],
  [
    'a profile without the total of the utility',
    'billed.csv',
    [['hotWater', 'gas']],
    [
      'billed.csv:9:45: error: no point of the profile plate-meter is the total of gas (OBIS 7-0:3.0.0) (mend "profile" or "utility", or name the point in the column "point")',
    ],
  ],
  [
    'an address that the protocol has not',
    'billed.csv',
    [['east,1,', 'east,300,']],
    ['billed.csv:2:34: error: unit 300 is reserved on a serial line (1 to 247)'],
  ],
  [
    'an address without a bus',
    'billed.csv',
    [['east,1,', ',1,']],
    [
      'billed.csv:2:1: error: "bus" is missing (bus, address and profile; or device and point; or, where people read it, none of them)',
    ],
  ],
  [
    'a bus and a device',
    'billed.csv',
    [['eastron-sdm120,,,,,,,2024-05-01', 'eastron-sdm120,three-phase,,,,,,2024-05-01']],
    [
      'billed.csv:2:51: error: a meter has its own place on a bus, or is a point of a device: here are "bus" and "device" (bus, address and profile; or device and point; or, where people read it, none of them)',
    ],
  ],
  [
    'a point without a device',
    'billed.csv',
    [['pulses-1,di1Count', ',di1Count']],
    [
      'billed.csv:6:1: error: "device" is missing (bus, address and profile; or device and point; or, where people read it, none of them)',
    ],
  ],
  [
    'a device without a point',
    'billed.csv',
    [['pulses-1,di1Count', 'pulses-1,']],
    [
      'billed.csv:6:1: error: "point" is missing (bus, address and profile; or device and point; or, where people read it, none of them)',
    ],
  ],
  [
    'a baud rate without a bus',
    'billed.csv',
    [['厨房,,', '厨房,2400,']],
    [
      'billed.csv:7:57: error: "serial.baud" is for a meter on a bus, and here is none (bus, address and profile; or device and point; or, where people read it, none of them)',
    ],
  ],
  [
    'a rate that no port has',
    'billed.csv',
    [[',2400,8E1', ',2401,8E1']],
    [
      'billed.csv:9:92: error: "baud" must be one of 300, 600, 1200, 2400, 4800, 9600, 19200, 38400, 57600, 115200, not 2401',
    ],
  ],
  [
    'a rate behind a device server',
    'billed.csv',
    [['2024-05-01,0,,,,,,,', '2024-05-01,0,,,,,,2400,']],
    [
      'billed.csv:2:1: error: the rate of a serial device server is set in the server: the gateway cannot switch it (remove it, or give the device a bus of type serial)',
    ],
  ],
  [
    'a hole in the chain',
    'billed.csv',
    [[',,E-1202,,', ',,E-1220,,']],
    ['billed.csv:4:83: error: there is no meter E-1220 to replace (did you mean "E-1202"?)'],
  ],
  [
    'a hole in the chain that resembles no number',
    'billed.csv',
    [[',,E-1202,,', ',,777,,']],
    [
      'billed.csv:4:83: error: there is no meter 777 to replace (a removed meter keeps its line, with "removedAt" and "final")',
    ],
  ],
  [
    'a fork',
    'billed.csv',
    [
      [
        'G-1201,3-1-1201,燃气,,,,,,,,5,3,2024.05.01,100.125,,,,',
        'E-3,3-1-1202,electricity,,,,,,,,5,3,2026-05-01,0,,,E-1202,',
      ],
    ],
    ['billed.csv:7:52: error: E-1202 was replaced by E-1202-B (line 4) already (one meter takes the place of one)'],
  ],
  [
    'a ring of one',
    'billed.csv',
    [[',,E-1202,,', ',,E-1202-B,,']],
    ['billed.csv:4:83: error: a meter cannot replace itself (leave "replaces" of the oldest one empty)'],
  ],
  [
    'a ring of two',
    'billed.csv',
    [['4711.25,,', '4711.25,E-1202-B,']],
    [
      'billed.csv:3:91: error: 2 meters replace each other in a ring: E-1202 → E-1202-B → E-1202 (leave "replaces" of the oldest one empty)',
    ],
  ],
  [
    'a meter that replaces one of another home',
    'billed.csv',
    [['E-1202-B,3-1-1202', 'E-1202-B,3-1-1201']],
    [
      'billed.csv:4:10: error: it replaces E-1202 (line 3) of 3-1-1202, and is of 3-1-1201 (a meter replaces one of its own home: mend "home" or "replaces")',
    ],
  ],
  [
    'a meter that replaces one of another utility',
    'billed.csv',
    [['E-1202-B,3-1-1202,electricity,east,2,eastron-sdm120', 'E-1202-B,3-1-1202,gas,,,']],
    [
      'billed.csv:4:19: error: it replaces E-1202 (line 3), which counts electricity, and counts gas (mend "utility" or "replaces")',
    ],
  ],
  [
    'a replaced meter that is still there',
    'billed.csv',
    [['2026-03-10 09:30,4711.25', ',']],
    [
      'billed.csv:3:1: error: E-1202-B (line 4) took its place, and nobody says when it was removed (enter "removedAt", and what it showed then as "final")',
    ],
  ],
  [
    'a meter installed before the one that it replaces was removed',
    'billed.csv',
    [['2026-03-10 10:15', '2026-03-09']],
    [
      'billed.csv:4:59: error: it was installed at 2026-03-09T00:00:00, before E-1202 (line 3) was removed at 2026-03-10T09:30:00 (2026-03-10T09:30:00 or later)',
    ],
  ],
  [
    'two meters at one address at one time',
    'billed.csv',
    [['2026-03-10 10:15,0.00,,,E-1202', '2026-03-09,0.00,,,']],
    [
      'billed.csv:4:59: error: address 2 of bus "east" is that of E-1202 (line 3) until 2026-03-10T09:30:00, and this one is there from 2026-03-09T00:00:00 (2026-03-10T09:30:00 or later)',
    ],
  ],
  [
    'two meters that are at one address now',
    'billed.csv',
    [
      ['2026-03-10 09:30,4711.25', ','],
      [',,E-1202,,', ',,,,'],
    ],
    [
      'billed.csv:4:36: error: address 2 of bus "east" is that of E-1202 (line 3), which is still there (one of them is wrong, or was removed)',
    ],
  ],
  [
    'two meters at one point',
    'billed.csv',
    [['di1Count', 'di0Count']],
    [
      'billed.csv:6:39: error: di0Count of device "pulses-1" is that of W-1201 (line 5), which is still there (one of them is wrong, or was removed)',
    ],
  ],
  [
    'the register of a meter on a bus named once more',
    'billed.csv',
    [['three-phase,importEnergy', 'E-1201,importEnergy']],
    [
      'billed.csv:8:29: error: importEnergy of device "E-1201" is the register of E-1201 (line 2) (it would be billed twice: name another point)',
    ],
  ],
  [
    'the address of a device',
    'billed.csv',
    [['hotWater,west,000000000042,plate-meter', 'electricity,west,9,eastron-sdm120']],
    [
      'billed.csv:9:1: error: unit 9 of bus "west" is "pulses-1" already (two devices with one address answer at once: give one another)',
    ],
  ],
  [
    'a number that is the id of a device',
    'billed.csv',
    [['E-1201,3-1', 'three-phase,3-1']],
    [
      'billed.csv:2:1: error: the device of this meter would be called "three-phase", and there is one of that name (letters, digits, - and _ of a number make the name of its device: one of the two needs another)',
    ],
  ],
  [
    'two numbers that make one id of a device',
    'billed.csv',
    [['E-1201,3-1', 'E/1202/B,3-1']],
    [
      'billed.csv:4:1: error: the device of this meter would be called "E-1202-B", and that is E/1202/B (line 2) (letters, digits, - and _ of a number make the name of its device: one of the two needs another)',
    ],
  ],
  [
    'an unknown column',
    'billed.csv',
    [['pulseWeight,multiplier', 'pulseWeight,multiplyer']],
    ['billed.csv:1:66: error: unknown column "multiplyer" (did you mean "multiplier"?)'],
  ],
  [
    'a column twice',
    'billed.csv',
    [['pulseWeight,multiplier', 'pulseWeight,digits']],
    [
      'billed.csv:1:73: error: the column "digits" stands twice',
      'billed.csv:8:48: error: "digits" must be a whole number, 1 to 12, not "40"',
    ],
  ],
  [
    'a column that must be there',
    'billed.csv',
    [['installedAt,initial', 'installed,initial']],
    [
      'billed.csv:1:1: error: the column "installedAt" is missing',
      'billed.csv:1:93: error: unknown column "installed" (did you mean "installedAt"?)',
    ],
  ],
  [
    'no first line',
    'billed.csv',
    [
      [
        'number,home,utility,bus,address,profile,device,point,pulseWeight,multiplier,digits,decimals,installedAt,initial,removedAt,final,replaces,maxPerHour,location,serial.baud,serial.format\n',
        '',
      ],
    ],
    [
      'billed.csv:1:1: error: the first line names no columns (first line: number,utility,installedAt,initial, and what else there is)',
    ],
  ],
  [
    'homes, and no table of them',
    'site.yaml',
    [['homes: homes.csv\n', '']],
    [
      'site.yaml:8:1: error: billed.csv names homes (line 2 the first), and no file says which there are (homes: homes.csv)',
    ],
  ],
  [
    'tables that are not there',
    'site.yaml',
    [
      ['homes: homes.csv', 'homes: hoems.csv'],
      ['[billed.csv]', '[biled.csv]'],
    ],
    [
      'site.yaml:8:10: error: there is no file biled.csv (names start at the folder of the site file)',
      'site.yaml:9:1: error: there is no file hoems.csv (names start at the folder of the site file)',
    ],
  ],
  [
    'a home twice',
    'homes.csv',
    [['3-1-1202,', '3-1-1201,']],
    [
      'billed.csv:3:8: error: there is no home "3-1-1202" (did you mean "3-1-1201"?)',
      'billed.csv:4:10: error: there is no home "3-1-1202" (did you mean "3-1-1201"?)',
      'billed.csv:6:8: error: there is no home "3-1-1202" (did you mean "3-1-1201"?)',
      'billed.csv:9:14: error: there is no home "3-1-1202" (did you mean "3-1-1201"?)',
      'homes.csv:3:1: error: the home 3-1-1201 stands on line 2 already (a home has one line)',
    ],
  ],
  [
    'a room twice',
    'homes.csv',
    [['单元,1202,', '单元,1201,']],
    [
      'homes.csv:3:18: error: this room is the home 3-1-1201 on line 2 already (mend building, unit or room of one of the two)',
    ],
  ],
  [
    'an extension twice',
    'homes.csv',
    [['1202,\n', '1202,8001\n']],
    ['homes.csv:3:23: warning: extension 8001 rings in 3-1-1201 (line 2) too (right only if the two share it)'],
  ],
  ['a home without a room', 'homes.csv', [['单元,1202,', '单元,,']], ['homes.csv:3:1: error: "room" is missing']],
  [
    'a home without a building',
    'homes.csv',
    [['3-1-1202,3号楼', '3-1-1202,']],
    ['homes.csv:3:1: error: "building" is missing'],
  ],
  [
    'an unknown column of the homes',
    'homes.csv',
    [['extension', 'extention']],
    ['homes.csv:1:23: error: unknown column "extention" (did you mean "extension"?)'],
  ],
  [
    'an extension that a spreadsheet has rounded',
    'homes.csv',
    [['8001', '8.001E+10']],
    [
      'homes.csv:2:23: error: "extension" is "8.001E+10": a spreadsheet has rounded it, and its digits are gone (format the column as text, and enter the number again)',
    ],
  ],
  [
    'a device that is not polled',
    'site.yaml',
    [['unit: 9,', 'unit: 9, enabled: false,']],
    [
      'billed.csv:5:23: warning: nothing reads this meter: device "pulses-1" is not enabled',
      'billed.csv:6:30: warning: nothing reads this meter: device "pulses-1" is not enabled',
    ],
  ],
];
