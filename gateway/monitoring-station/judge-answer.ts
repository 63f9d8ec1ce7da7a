/** What a receiver's answer says to the message that it may answer. ANSI/SIA DC-09, 5.5.3. Pure. */
import type { Message } from '../../drivers/dc09/message.ts';
import { readMessage } from '../../drivers/dc09/read-message.ts';

export type Verdict =
  | { readonly kind: 'acknowledged' }
  /** The time is not right; it is this, in Unix milliseconds. */
  | { readonly kind: 'time'; readonly time: number }
  /** It cannot process the message. */
  | { readonly kind: 'refused' }
  /** No answer to this message; why, in words. */
  | { readonly kind: 'foreign'; readonly why: string };

/** `content`: of a frame with a right CRC and length. `key`: under which the message was sent; null: in clear. */
export function judgeAnswer(
  content: Uint8Array,
  sent: Pick<Message, 'sequence' | 'account'>,
  key: Uint8Array | null,
): Verdict {
  const read = readMessage(content, key);
  switch (read.kind) {
    case 'malformed':
      return foreign('it answered something that has no form of DC-09');
    case 'locked':
      return foreign('the key does not open its answer');
    case 'clear':
    case 'decrypted': {
      const { id, sequence, account, content: said } = read.message;
      // A NAK names neither: the time of the receiver is all that it says.
      if (id === 'NAK') return said.time === null ? foreign('its NAK has no time') : { kind: 'time', time: said.time };
      if (sequence !== sent.sequence) return foreign(`it answered sequence ${sequence} instead of ${sent.sequence}`);
      if (account.toUpperCase() !== sent.account.toUpperCase())
        return foreign(`it answered account ${account} instead of ${sent.account}`);
      if (id === 'DUH') return { kind: 'refused' };
      if (id !== 'ACK') return foreign(`it answered ${id}`);
      // Whoever does not have the key could acknowledge in clear.
      return key !== null && read.kind === 'clear' ? foreign('its answer is not encrypted') : { kind: 'acknowledged' };
    }
  }
}

function foreign(why: string): Verdict {
  return { kind: 'foreign', why };
}
