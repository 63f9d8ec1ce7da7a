/** Exception codes. MODBUS Application Protocol V1.1b3, 7; code 7 is in earlier editions only. */

const NAMES: ReadonlyMap<number, string> = new Map([
  [1, 'Illegal Function'],
  [2, 'Illegal Data Address'],
  [3, 'Illegal Data Value'],
  [4, 'Server Device Failure'],
  [5, 'Acknowledge'],
  [6, 'Server Device Busy'],
  [7, 'Negative Acknowledge'],
  [8, 'Memory Parity Error'],
  [10, 'Gateway Path Unavailable'],
  [11, 'Gateway Target Device Failed to Respond'],
]);

/** The name of an exception code. */
export function exceptionName(code: number): string {
  return NAMES.get(code) ?? `Unknown Exception ${code}`;
}
