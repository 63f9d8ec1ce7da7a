/** Function codes. MODBUS Application Protocol V1.1b3, 5.1. */

const NAMES: ReadonlyMap<number, string> = new Map([
  [1, 'Read Coils'],
  [2, 'Read Discrete Inputs'],
  [3, 'Read Holding Registers'],
  [4, 'Read Input Registers'],
  [5, 'Write Single Coil'],
  [6, 'Write Single Register'],
  [7, 'Read Exception Status'],
  [8, 'Diagnostics'],
  [11, 'Get Comm Event Counter'],
  [12, 'Get Comm Event Log'],
  [15, 'Write Multiple Coils'],
  [16, 'Write Multiple Registers'],
  [17, 'Report Server ID'],
  [20, 'Read File Record'],
  [21, 'Write File Record'],
  [22, 'Mask Write Register'],
  [23, 'Read/Write Multiple Registers'],
  [24, 'Read FIFO Queue'],
  [43, 'Encapsulated Interface Transport'],
]);

/** The name of a function code, which has no exception flag. */
export function functionName(fc: number): string {
  return NAMES.get(fc) ?? `User-Defined Function ${fc}`;
}
