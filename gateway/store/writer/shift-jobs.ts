/** What is written of shifts, each with its event in the journal and its row of the audit. */
import type { HandoverAnswer, NewHandover } from '../tables/handovers.ts';
import type { WriteTables } from '../tables/index.ts';
import type { NewShiftNote } from '../tables/shift-notes.ts';
import type { Atomic } from './atomic.ts';

const DOMAIN = 'shift';

/** `site`: its id, which the events are about. Null and false: nothing was written, for it has changed since it was looked at. */
export function createShiftJobs(tables: WriteTables, site: string, atomic: Atomic) {
  const { shifts, shiftNotes, handovers, outages, events, audit } = tables;
  const tell = (type: string, by: string, at: number, data: Readonly<Record<string, unknown>>): void => {
    events.append({ domain: DOMAIN, type, source: site, at, data: { ...data, by } }, at);
    audit.append({ at, who: by, what: `shift.${type}`, detail: data });
  };
  return {
    /** Returns its id. */
    beginShift: atomic((persons: readonly string[], by: string, at: number): number | null => {
      if (shifts.open()) return null;
      const shift = shifts.begin(persons, at);
      tell('began', by, at, { shift, persons });
      return shift;
    }),
    /** Returns its id. The text stays here: it may be about people. */
    noteInShift: atomic((note: NewShiftNote): number | null => {
      const { shift, at, by, alarm, occurrenceId, isOpen, corrects, closes } = note;
      if (shifts.open()?.id !== shift || (closes !== null && shiftNotes.isClosed(closes))) return null;
      const id = shiftNotes.append(note);
      tell('noted', by, at, { shift, note: id, alarm, occurrenceId, isOpen, corrects, closes });
      return id;
    }),
    /** Returns its id. */
    signHandover: atomic((handover: NewHandover): number | null => {
      const { shift, incoming, sha256, signedBy, signedAt } = handover;
      if (shifts.open()?.id !== shift) return null;
      const id = handovers.sign(handover);
      tell('signed', signedBy, signedAt, { shift, handover: id, incoming, sha256 });
      return id;
    }),
    /** Whoever was on duty stays so. */
    objectToHandover: atomic((shift: number, answer: HandoverAnswer): boolean => {
      if (!handovers.answer(answer)) return false;
      tell('objected', answer.by, answer.at, { shift, handover: answer.id });
      return true;
    }),
    /** The shift is over, and the next one on duty from that moment on. Returns the id of that one. */
    handOver: atomic((shift: number, incoming: readonly string[], answer: HandoverAnswer): number | null => {
      if (shifts.open()?.id !== shift || !handovers.answer(answer)) return null;
      shifts.end(shift, answer.at);
      const next = shifts.begin(incoming, answer.at);
      const { id: handover, by, at, meanwhile } = answer;
      tell('handedOver', by, at, { shift, next, handover, persons: incoming, meanwhile });
      return next;
    }),
    /** At the start. What is shorter than `atLeastMs` was only a restart. */
    noteOutage: atomic((now: number, atLeastMs: number): void => {
      const from = outages.lastAlive();
      if (from !== null && now - from >= atLeastMs) outages.append({ from, to: now });
      outages.alive(now);
    }),
    noteAlive: atomic((now: number): void => outages.alive(now)),
  };
}
