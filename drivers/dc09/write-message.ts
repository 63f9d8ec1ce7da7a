/** From what is to be said to the bytes of a frame. Pure but for the padding, which is random. */
import { encrypt } from './cipher.ts';
import { sealFrame } from './frame.ts';
import type { Message, MessageId } from './message.ts';
import { writeTimestamp } from './timestamp.ts';

export interface MessageToWrite extends Message {
  readonly id: MessageId;
}

/**
 * A frame, LF and CR included; encrypted where there is a key, and then only with a time (5.5.1.8): RangeError without.
 * Throws RangeError too for data with brackets, which would end them, and for more than a frame can carry.
 */
export function writeMessage(message: MessageToWrite, key: Uint8Array | null = null): Uint8Array {
  const { id, sequence, receiver, line, account, content } = message;
  const { data, time } = content;
  if (data.some((field) => /[[\]]/.test(field))) throw new RangeError('data in brackets cannot have brackets');
  const [first = '', ...extended] = data;
  const stamp = time === null ? '' : `_${writeTimestamp(time)}`;
  const rest = `]${extended.map((field) => `[${field}]`).join('')}${stamp}`;
  const head = `${sequence}${receiver === null ? '' : `R${receiver}`}L${line}#${account}[`;
  if (key === null) return sealFrame(`"${id}"${head}${first}${rest}`);
  if (time === null) throw new RangeError('an encrypted frame has a time');
  return sealFrame(`"*${id}"${head}${encrypt(key, `|${first}${rest}`)}`);
}
