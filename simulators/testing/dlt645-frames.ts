/** Frames of DL/T 645 as a master writes and reads them by the byte table of 2007, 5.2, without any code of the product. */

export interface WireReply {
  readonly wakeUp: number;
  /** As printed. */
  readonly address: string;
  readonly control: string;
  /** Hex, without +33H. */
  readonly data: string;
}

const reversed = (hex: string): string => hex.replace(/../g, '$& ').trim().split(' ').reverse().join('');

/** `data` in hex as on the wire, before 33H is added. */
export function wireRequest(address: string, control: string, data = ''): string {
  const bytes = [...Buffer.from(data.replaceAll(' ', ''), 'hex')];
  const head = Buffer.from(`68${reversed(address)}68${control}`, 'hex');
  const body = [...head, bytes.length, ...bytes.map((byte) => (byte + 0x33) % 256)];
  return Buffer.from([...body, body.reduce((sum, byte) => sum + byte, 0) % 256, 0x16]).toString('hex');
}

/** One whole frame. Throws where it is none. */
export function wireReply(hex: string): WireReply {
  const [, wakeUp = '', frame = ''] = /^((?:fe)*)(68.*)$/.exec(hex) ?? [];
  const bytes = [...Buffer.from(frame, 'hex')];
  const sum = bytes.slice(0, -2).reduce((total, byte) => total + byte, 0) % 256;
  const isFrame =
    bytes[7] === 0x68 && bytes.at(-1) === 0x16 && bytes.at(-2) === sum && bytes.length === 12 + (bytes[9] ?? 0);
  if (!isFrame) throw new Error(`no frame of DL/T 645: ${hex}`);
  return {
    wakeUp: wakeUp.length / 2,
    address: reversed(frame.slice(2, 14)),
    control: frame.slice(16, 18).toUpperCase(),
    data: Buffer.from(bytes.slice(10, -2).map((byte) => (byte + 256 - 0x33) % 256)).toString('hex'),
  };
}
