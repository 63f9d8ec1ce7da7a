/** Frames for tests, made from the byte table of DL/T 645-2007, 5.2, and not with the code that is tested. */
import { fromHex } from './vectors.ts';

/** `address` as printed; `data` in hex as on the wire, before 33H is added. No wake-up bytes. */
export function wireFrame(address: string, control: number, data = ''): Uint8Array {
  const raw = fromHex(data);
  const frame = Buffer.alloc(raw.length + 12);
  frame[0] = frame[7] = 0x68;
  for (let i = 0; i < 6; i++) frame[1 + i] = Number.parseInt(address.slice(10 - 2 * i, 12 - 2 * i), 16);
  frame[8] = control;
  frame[9] = raw.length;
  raw.forEach((byte, i) => (frame[10 + i] = (byte + 0x33) % 256));
  frame[frame.length - 2] = frame.subarray(0, -2).reduce((sum, byte) => sum + byte, 0) % 256;
  frame[frame.length - 1] = 0x16;
  return Uint8Array.from(frame);
}
