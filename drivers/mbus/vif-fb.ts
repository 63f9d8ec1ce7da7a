/**
 * Alternate extension: the VIFE behind VIF FB. EN 13757-3:2018, Table 14; rows that this reserves today and that older
 * meters send (°F, gallons): The M-Bus: A Documentation Rev. 4.8, 8.4.4 b.
 */
import { decades, RESERVED_IN_LIBMBUS as NEW, single, type VifMeaning, type VifRow, type VifTable } from './vif-row.ts';

/** The rating factors of heat cost allocators count in 1/4096: 244140625 × 10⁻¹². */
const IN_4096THS: Partial<VifMeaning> = { factor: 244_140_625n, exponent: -12, libmbus: NEW };

const RATING_FACTORS: readonly VifRow[] = [
  single(0x68, 'Resulting rating factor, K', IN_4096THS),
  single(0x69, 'Thermal output rating factor, Kq', { libmbus: NEW }),
  single(0x6a, 'Thermal coupling rating factor overall, Kc', IN_4096THS),
  single(0x6b, 'Thermal coupling rating factor room side, Kcr', IN_4096THS),
  single(0x6c, 'Thermal coupling rating factor heater side, Kch', IN_4096THS),
  single(0x6d, 'Low temperature rating factor, Kt', IN_4096THS),
  single(0x6e, 'Display output scaling factor, KD', IN_4096THS),
];

export const FB_VIFS: VifTable = new Map([
  ...decades(0x00, 2, 'Energy', 'Wh', 5),
  ...decades(0x02, 2, 'Reactive energy', 'varh', 3, NEW),
  ...decades(0x04, 2, 'Apparent energy', 'VAh', 3, NEW),
  ...decades(0x08, 2, 'Energy', 'J', 8, { unit: 'Reserved' }),
  ...decades(0x0c, 4, 'Energy', 'cal', 5, NEW),
  ...decades(0x10, 2, 'Volume', 'm3', 2),
  ...decades(0x14, 4, 'Reactive power', 'var', 0, NEW),
  ...decades(0x18, 2, 'Mass', 'kg', 5),
  ...decades(0x1a, 2, 'Relative humidity', '%', -1, NEW),
  single(0x20, 'Volume', { unit: 'ft3', libmbus: NEW }),
  single(0x21, 'Volume', { unit: 'ft3', exponent: -1 }),
  ...decades(0x22, 2, 'Volume', 'gal', -1),
  single(0x24, 'Volume flow', { unit: 'gal/min', exponent: -3 }),
  single(0x25, 'Volume flow', { unit: 'gal/min' }),
  single(0x26, 'Volume flow', { unit: 'gal/h' }),
  ...decades(0x28, 2, 'Power', 'W', 5),
  single(0x2a, 'Phase U-U', { unit: '°', exponent: -1, libmbus: NEW }),
  single(0x2b, 'Phase U-I', { unit: '°', exponent: -1, libmbus: NEW }),
  ...decades(0x2c, 4, 'Frequency', 'Hz', -3, NEW),
  ...decades(0x30, 2, 'Power', 'J/h', 8, { unit: 'J' }),
  ...decades(0x34, 4, 'Apparent power', 'VA', 0, NEW),
  ...decades(0x58, 4, 'Flow temperature', '°F', -3),
  ...decades(0x5c, 4, 'Return temperature', '°F', -3),
  ...decades(0x60, 4, 'Temperature difference', '°F', -3),
  ...decades(0x64, 4, 'External temperature', '°F', -3),
  ...RATING_FACTORS,
  ...decades(0x70, 4, 'Cold / Warm Temperature Limit', '°F', -3),
  ...decades(0x74, 4, 'Cold / Warm Temperature Limit', '°C', -3),
  ...decades(0x78, 8, 'Cumul count max power', 'W', -3),
  // libmbus takes 0.001 W for 0.01 W.
  single(0x79, 'Cumul count max power', { unit: 'W', exponent: -2, libmbus: { factor: 1e-3 } }),
]);
