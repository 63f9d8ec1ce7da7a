/** A meter by its bytes, for tests: made from the byte tables of DL/T 645-2007 (5.2, 7) and of 1997, and not with the code that is tested. */
import { fromHex, vectorBytes } from './vectors.ts';
import { wireFrame } from './wire-frame.ts';

export interface ByteMeter {
  readonly address: string;
  version: '2007' | '1997';
  /** Data of each item behind its identifier, in hex as on the wire; a list is sent one after the other, the last for ever. */
  items: Record<string, string | string[]>;
  /** Frames to send as they are, such as captured ones. */
  readonly frames: Record<string, Uint8Array>;
  /** False: it hears nothing. */
  on: boolean;
  /** Data of relay and freeze commands that it has been given, in hex. */
  readonly commands: string[];
}

const READ = { '2007': 0x11, '1997': 0x01 } as const;
const ACCEPTED: Readonly<Record<number, number>> = { 0x16: 0x96, 0x1c: 0x9c };
const NO_SUCH_DATA = '02';
const NOTHING = new Uint8Array();

/** `vectors`: ids of captured replies, by the item that they are of. */
export function byteMeter(
  address: string,
  items: ByteMeter['items'] = {},
  vectors: Readonly<Record<string, string>> = {},
): ByteMeter {
  const frames = Object.fromEntries(Object.entries(vectors).map(([di, id]) => [di, vectorBytes(id)]));
  return { address, version: '2007', items, frames, on: true, commands: [] };
}

/** What the line carries after `request`. */
export function answerOf(meter: ByteMeter, request: Uint8Array): Uint8Array {
  const start = request.indexOf(0x68);
  const to = reversed(request.subarray(start + 1, start + 7));
  const control = request[start + 8] ?? 0;
  if (!meter.on || to !== meter.address) return NOTHING;
  const data = Buffer.from(request.subarray(start + 10, -2).map((byte) => byte - 0x33));
  const accepted = ACCEPTED[control];
  if (accepted !== undefined && meter.version === '2007') {
    meter.commands.push(data.toString('hex'));
    return wireFrame(meter.address, accepted);
  }
  if (control !== READ[meter.version]) return NOTHING;
  const di = reversed(data).toUpperCase();
  const frame = meter.frames[di];
  if (frame !== undefined) return frame;
  const held = next(meter, di);
  return held === undefined
    ? wireFrame(meter.address, control | 0xc0, NO_SUCH_DATA)
    : wireFrame(meter.address, control | 0x80, data.toString('hex') + held);
}

/** `2026-11-02 08:15:30` as data of the date (its weekday is not told right) and of the time. */
export function clockItems(text: string, version: ByteMeter['version'] = '2007'): Record<string, string> {
  const [year = '', month = '', day = '', hour = '', minute = '', second = ''] = text.slice(2).match(/\d\d/g) ?? [];
  const date = `00${day}${month}${year}`;
  const time = second + minute + hour;
  return version === '2007' ? { '04000101': date, '04000102': time } : { C010: date, C011: time };
}

function next(meter: ByteMeter, di: string): string | undefined {
  const held = meter.items[di];
  if (held === undefined || typeof held === 'string') return held?.replaceAll(' ', '');
  return (held.length > 1 ? held.shift() : held[0])?.replaceAll(' ', '');
}

function reversed(bytes: Uint8Array): string {
  return Buffer.from(fromHex(Buffer.from(bytes).toString('hex')))
    .reverse()
    .toString('hex');
}
