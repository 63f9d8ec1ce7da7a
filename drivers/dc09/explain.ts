/** Explains captured bytes, frame by frame, for a person with a capture and a doubt. */
import type { UndecodableBytes } from '../bytes/found.ts';
import { CONTACT_ID_EVENTS, CONTACT_ID_QUALIFIERS, siaMeaning } from './codes.ts';
import { readContactId, readSia } from './event-data.ts';
import { findFrames, type FrameError, type WholeFrame } from './frame-find.ts';
import type { Content, Message } from './message.ts';
import { readMessage } from './read-message.ts';

/** Plain JSON; offsets and lengths in bytes. */
export type DecodeEntry =
  | { readonly ok: true; readonly offset: number; readonly length: number; readonly fields: Fields }
  | UndecodableBytes<Pick<FrameError, 'message'> & { readonly code: FrameError['code'] | 'structure' }>;

export type Fields = Readonly<Record<string, unknown>>;

/** Explains every frame in `bytes`, in order. `key` opens what is encrypted. Never throws. */
export function explainStream(bytes: Uint8Array, key: Uint8Array | null = null): DecodeEntry[] {
  return findFrames(bytes).map((entry) => (entry.ok ? explainFrame(entry, key) : entry));
}

function explainFrame({ offset, length, content }: WholeFrame, key: Uint8Array | null): DecodeEntry {
  const read = readMessage(content, key);
  switch (read.kind) {
    case 'malformed': {
      const message = 'its length and CRC are right, and what it says has no form of DC-09';
      return { ok: false, offset, length, error: { code: 'structure', message } };
    }
    case 'locked': {
      const reason = key === null ? 'encrypted, and no key was given' : 'the key does not open it';
      const unknown = { data: null, time: null, reason, ciphertext: read.hex };
      return { ok: true, offset, length, fields: { ...address(read.head, true), ...unknown } };
    }
    case 'clear':
    case 'decrypted': {
      const { content: said, ...head } = read.message;
      const fields = { ...address(head, read.kind === 'decrypted'), ...contentFields(head.id, said) };
      return { ok: true, offset, length, fields };
    }
  }
}

function address({ id, sequence, receiver, line, account }: Omit<Message, 'content'>, encrypted: boolean): Fields {
  return { id, encrypted, sequence, receiver, line, account };
}

function contentFields(id: string, { data, time }: Content): Fields {
  const [first = ''] = data;
  const event = id === 'ADM-CID' ? contactId(first) : id === 'SIA-DCS' ? sia(first) : undefined;
  return { data, time: time === null ? null : isoTime(time), ...(event && { event }) };
}

function sia(field: string): Fields | undefined {
  const event = readSia(field);
  return event && { ...event, meaning: siaMeaning(event.code) ?? null };
}

function contactId(field: string): Fields | undefined {
  const event = readContactId(field);
  if (!event) return undefined;
  const { qualifier, event: code } = event;
  const qualified = CONTACT_ID_QUALIFIERS[qualifier] ?? null;
  return { ...event, qualifierName: qualified, meaning: CONTACT_ID_EVENTS[code] ?? null };
}

function isoTime(time: number): string {
  return new Date(time).toISOString().replace('.000Z', 'Z');
}
