/**
 * Main extension: the VIFE behind VIF FD. EN 13757-3:2018, Table 12; The M-Bus: A Documentation Rev. 4.8, 8.4.4 a.
 * Quantities by libmbus's names where it has one.
 */
import { decades, durations, names, RESERVED_IN_LIBMBUS, single, type VifTable } from './vif-row.ts';

const libmbus = RESERVED_IN_LIBMBUS;

export const FD_VIFS: VifTable = new Map([
  ...decades(0x00, 4, 'Credit', 'currency units', -3),
  ...decades(0x04, 4, 'Debit', 'currency units', -3),
  ...names(0x08, ['Access Number (transmission count)', 'Medium', 'Manufacturer', 'Parameter set identification']),
  ...names(0x0c, ['Model / Version', 'Hardware version', 'Firmware version', 'Software version']),
  ...names(0x10, ['Customer location', 'Customer', 'Access Code User', 'Access Code Operator']),
  ...names(0x14, ['Access Code System Operator', 'Access Code Developer', 'Password']),
  single(0x17, 'Error flags', { coding: 'unsigned' }),
  single(0x18, 'Error mask', { coding: 'unsigned' }),
  single(0x19, 'Security key', { libmbus }),
  single(0x1a, 'Digital Output', { coding: 'unsigned' }),
  single(0x1b, 'Digital Input', { coding: 'unsigned' }),
  single(0x1c, 'Baudrate', { unit: 'baud' }),
  single(0x1d, 'Response delay time', { unit: 'bit times' }),
  single(0x1e, 'Retry'),
  single(0x1f, 'Remote control', { coding: 'unsigned', libmbus }),
  ...names(0x20, ['First storage # for cyclic storage', 'Last storage # for cyclic storage', 'Size of storage block']),
  single(0x23, 'Descriptor for tariff and subunit', { libmbus }),
  ...durations(0x24, 'Storage interval', 's', 'year'),
  single(0x2a, 'Operator specific data', { libmbus }),
  single(0x2b, 'Time point second', { unit: 's', libmbus }),
  ...durations(0x2c, 'Duration since last readout', 's', 'd'),
  single(0x30, 'Start of tariff', { coding: 'date', libmbus }),
  ...durations(0x31, 'Duration of tariff', 'min', 'd'),
  ...durations(0x34, 'Period of tariff', 's', 'year'),
  single(0x3a, 'Dimensionless'),
  single(0x3b, 'Data container for wireless M-Bus protocol', { coding: 'opaque', libmbus }),
  ...durations(0x3c, 'Period of nominal data transmissions', 's', 'd', libmbus),
  ...decades(0x40, 16, 'Voltage', 'V', -9),
  ...decades(0x50, 16, 'Current', 'A', -12),
  ...names(0x60, ['Reset counter', 'Cumulation counter', 'Control signal', 'Day of week', 'Week number']),
  single(0x65, 'Time point of day change', { coding: 'date' }),
  ...names(0x66, ['State of parameter activation', 'Special supplier information']),
  ...durations(0x68, 'Duration since last cumulation', 'h', 'year'),
  ...durations(0x6c, 'Operating time battery', 'h', 'year'),
  single(0x70, 'Date and time of battery change', { coding: 'date' }),
  single(0x71, 'RF level', { unit: 'dBm', libmbus }),
  single(0x72, 'Daylight saving (type K)', { coding: 'opaque', libmbus }),
  single(0x73, 'Listening window management (type L)', { coding: 'opaque', libmbus }),
  single(0x74, 'Remaining battery life time', { unit: 'd', libmbus }),
  single(0x75, 'Number of times the meter was stopped', { libmbus }),
  single(0x76, 'Data container for manufacturer specific protocol', { coding: 'opaque', libmbus }),
]);

/** Second level: the VIFE behind FD FD (EN 13757-3:2018). libmbus takes FD for one reserved code. */
export const FD_FD_VIFS: VifTable = new Map([
  single(0x00, 'Currently selected application', { libmbus }),
  ...durations(0x02, 'Remaining battery life time', 'month', 'year', libmbus),
]);
