/** Device types (media) of variable data, in libmbus's words. EN 13757-3:2013 and EN 13757-7:2018, table of device types. */

const NAMES: ReadonlyMap<number, string> = new Map([
  [0x00, 'Other'],
  [0x01, 'Oil'],
  [0x02, 'Electricity'],
  [0x03, 'Gas'],
  [0x04, 'Heat: Outlet'],
  [0x05, 'Steam'],
  [0x06, 'Warm water (30-90°C)'],
  [0x07, 'Water'],
  [0x08, 'Heat Cost Allocator'],
  [0x09, 'Compressed Air'],
  [0x0a, 'Cooling load meter: Outlet'],
  [0x0b, 'Cooling load meter: Inlet'],
  [0x0c, 'Heat: Inlet'],
  [0x0d, 'Heat / Cooling load meter'],
  [0x0e, 'Bus/System'],
  [0x0f, 'Unknown Medium'],
  [0x10, 'Irrigation Water'],
  [0x11, 'Water Logger'],
  [0x12, 'Gas Logger'],
  [0x13, 'Gas Converter'],
  [0x14, 'Calorific value'],
  [0x15, 'Hot water (>90°C)'],
  [0x16, 'Cold water'],
  [0x17, 'Dual water'],
  [0x18, 'Pressure'],
  [0x19, 'A/D Converter'],
  [0x1a, 'Smoke Detector'],
  [0x1b, 'Ambient Sensor'],
  [0x1c, 'Gas Detector'],
  [0x20, 'Breaker: Electricity'],
  [0x21, 'Valve: Gas or Water'],
  [0x25, 'Customer Unit: Display Device'],
  [0x28, 'Waste Water'],
  [0x29, 'Garbage'],
  [0x30, 'Service Unit'],
  [0x36, 'Radio Converter: System'],
  [0x37, 'Radio Converter: Meter'],
]);

/** Held for sensors, switches, user units and systems; libmbus 0.9.0 leaves out 1D to 1F and 35. */
const RESERVED: ReadonlySet<number> = new Set([
  0x22, 0x23, 0x24, 0x26, 0x27, 0x2a, 0x2b, 0x2c, 0x2d, 0x2e, 0x2f, 0x31, 0x32, 0x33, 0x34, 0x38, 0x39, 0x3a, 0x3b,
  0x3c, 0x3d, 0x3e, 0x3f,
]);

export function mediumName(medium: number): string {
  const name = NAMES.get(medium) ?? (RESERVED.has(medium) ? 'Reserved' : undefined);
  return name ?? `Unknown medium (0x${medium.toString(16).padStart(2, '0')})`;
}

/** Media of fixed data: two bits from each of the two counters' unit bytes. The M-Bus: A Documentation Rev. 4.8, chapter 8. */
const FIXED_NAMES = [
  'Other',
  'Oil',
  'Electricity',
  'Gas',
  'Heat',
  'Steam',
  'Hot Water',
  'Water',
  'H.C.A.',
  'Reserved',
  'Gas Mode 2',
  'Heat Mode 2',
  'Hot Water Mode 2',
  'Water Mode 2',
  'H.C.A. Mode 2',
  'Reserved',
] as const;

/** What `media` of a profile may name. */
export const MEDIUM_NAMES: readonly string[] = [...new Set([...NAMES.values(), ...FIXED_NAMES])].filter(
  (name) => name !== 'Reserved',
);

export function fixedMediumName(firstUnit: number, secondUnit: number): string {
  return FIXED_NAMES[(firstUnit >> 6) | ((secondUnit >> 6) << 2)] ?? 'Reserved';
}
