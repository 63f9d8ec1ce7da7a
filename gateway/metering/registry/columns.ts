/** The columns of the two tables of the registry, and what is said of them in docs/configuration.md. */

export const METER_COLUMNS = {
  number: 'As printed on the meter; no two alike. Text: the zeros at its start count',
  home: 'The home that pays, an id of the homes; empty: a public area',
  utility:
    '`electricity` 电, `coldWater` 冷水 or 水, `hotWater` 热水, `reclaimedWater` 中水, `gas` 燃气 or 气, `heat` 热',
  unit: 'Of a heat meter, what its dial shows and its home is billed in: `kWh`, `GJ`; empty: kWh. Others have none',
  bus: 'With `address` and `profile`: the meter is a device that is polled. The bus that it hangs on',
  address: 'Its address on this bus, as its protocol writes it',
  profile: 'Its model: the id of a profile',
  device: 'With `point`: the meter is a register or a counter of this device, which is configured elsewhere',
  point: 'The point of its profile that is the register; with `bus`: empty is the one of the utility’s total',
  pulseWeight: 'For counters: what one pulse is worth, in the unit of the utility',
  multiplier: 'CT × PT (倍率); empty: 1',
  digits: 'Digits of the register before the decimal point: it rolls over behind them; empty: 6',
  decimals: 'Digits behind the decimal point; empty: 2, or as many as `pulseWeight` has',
  installedAt: 'When it was installed, local time, such as `2026-11-01` or `2026-11-01 08:00`',
  initial: 'What it showed then (底数), as on its dial: not multiplied',
  removedAt: 'When it was removed, entered when it has been: from then on it is not read. Empty: it is still there',
  final: 'What it showed then, as on its dial',
  replaces: 'The number of the meter that it took the place of',
  maxPerHour: 'More than this in an hour cannot have passed it, in the unit of the utility, as on its dial',
  location: 'Where a person finds it',
  'serial.baud': 'With `bus`, where one line mixes protocols: bits per second',
  'serial.format': 'With `bus`, where one line mixes protocols: data bits, parity, stop bits',
} as const satisfies Record<string, string>;

export type MeterColumn = keyof typeof METER_COLUMNS;

export const REQUIRED_OF_METERS = ['number', 'utility', 'installedAt', 'initial'] as const satisfies MeterColumn[];

export const HOME_COLUMNS = {
  id: 'What `home` of a meter names; no two alike, such as `3-1-1201`',
  building: 'Building (楼栋)',
  unit: 'Entrance of the building (单元); empty where it has one only',
  room: 'Room (房号)',
  extension: 'Extension of its intercom; empty where it has none',
} as const satisfies Record<string, string>;

export type HomeColumn = keyof typeof HOME_COLUMNS;

export const REQUIRED_OF_HOMES = ['id', 'building', 'room'] as const satisfies HomeColumn[];
