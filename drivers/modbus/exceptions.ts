/** Exception codes. MODBUS Application Protocol V1.1b3, 7; code 7 is in earlier editions only. */
import { DriverError } from '../errors.ts';
import { EXCEPTION_FLAG } from './frame-lengths.ts';

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

const GATEWAY = 'The gateway answers, and the device behind it does not: look at its power, its unit and its line';

const ADVICE: ReadonlyMap<number, string> = new Map([
  [4, 'It is alive and says that it has failed itself: look at the device'],
  [5, 'It is alive and still at work on an earlier request: ask it less often'],
  [6, 'It is alive and busy: ask it less often, and look for another master that keeps it busy'],
  [8, 'It is alive and says that its memory is faulty: look at the device'],
  [10, GATEWAY],
  [11, GATEWAY],
]);

/** Where to look first after an exception that says nothing of the address or value; undefined for the others. */
export function exceptionAdvice(code: number): string | undefined {
  return ADVICE.get(code);
}

/** What the device refuses by `pdu`, the answer to a request of function `fc`; null where that is no exception. */
export function refusalIn(pdu: Uint8Array, fc: number): DriverError | null {
  return ((pdu[0] ?? 0) & EXCEPTION_FLAG) === 0 ? null : exceptionError(pdu[1] ?? 0, fc);
}

/** Exceptions 1 and 2 say that the device has no such function or address; the others that it would not now. */
export function exceptionError(code: number, fc: number): DriverError {
  return new DriverError(
    code === 1 || code === 2 ? 'unsupported' : 'refused',
    `the device answered function ${fc} with exception ${code} (${exceptionName(code)})`,
    code,
    exceptionAdvice(code),
  );
}
