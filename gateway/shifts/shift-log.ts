/**
 * Who is on duty, what they note, and how they hand over: a sheet is made of the store as it is, signed by one who goes, and kept to
 * the letter; one who comes signs the same sheet, or objects to it. Until then those who were on duty are. docs/shifts.md.
 */
import { createHash } from 'node:crypto';
import { standsIn, unknownPerson } from '../people.ts';
import { mayPass } from '../store/errors.ts';
import type { HandoverRow, ShiftNoteRow, ShiftRow } from '../store/shift-rows.ts';
import type { Store } from '../store/store.ts';
import { NOBODY, OVERTAKEN, refuse, type Refused, type ShiftAnswer } from './refusals.ts';
import { composeSheet, type SheetSources } from './sheet/compose.ts';
import type { HandoverSheet } from './sheet/schema.ts';

export interface ShiftLogSetup extends SheetSources {
  readonly store: SheetSources['store'] & Pick<Store, 'write' | 'shifts' | 'handovers'>;
  /** Resolves once everything that was recorded before is on the disk, or cannot be now. */
  readonly flush: () => Promise<boolean>;
  /** Called after each event that was written. */
  readonly told: () => void;
}

export interface Beginning {
  readonly by: string;
  /** Who comes on duty; whoever says so is one of them. */
  readonly persons: readonly string[];
}

export type Noting = Pick<ShiftNoteRow, 'by' | 'text' | 'alarm' | 'occurrenceId' | 'isOpen' | 'corrects' | 'closes'>;

export interface Signing {
  readonly by: string;
  readonly incoming: readonly string[];
}

export interface Answering {
  readonly by: string;
  /** Of the sheet that was looked at. */
  readonly sha256: string;
  readonly remark: string | null;
}

export type ShiftLog = ReturnType<typeof createShiftLog>;

export function createShiftLog(setup: ShiftLogSetup) {
  return {
    /** Comes on duty where nobody is. */
    begin: (beginning: Beginning) => orUnavailable(() => begin(setup, beginning)),
    note: (noting: Noting) => orUnavailable(() => note(setup, noting)),
    /** The sheet as it would be signed now. */
    draft: () => orUnavailable(() => draft(setup)),
    /** One who goes signs the sheet as it is now; one that waits for its second signature is replaced. */
    sign: (signing: Signing) => orUnavailable(() => sign(setup, signing)),
    /** One who comes signs the same sheet: from now on they are on duty. Returns the new shift. */
    accept: (answering: Answering) => orUnavailable(() => accept(setup, answering)),
    /** Whoever was on duty stays so. */
    object: (answering: Answering) => orUnavailable(() => object(setup, answering)),
  };
}

async function begin(setup: ShiftLogSetup, { by, persons }: Beginning): Promise<ShiftAnswer<ShiftRow>> {
  const { store, clock, told } = setup;
  const refusal = refusalOf(setup, [by, ...persons]);
  if (refusal) return refusal;
  const open = store.shifts.open();
  if (open) return refuse('alreadyOnDuty', `${open.persons.join(', ')} on duty: it is handed over, not begun`);
  if (!persons.includes(by)) return refuse('notOnDuty', `${by} is not one of those who come on duty`);
  const id = await store.write('beginShift', persons, by, clock.now());
  if (id === null) return OVERTAKEN;
  told();
  return found(store.shifts.get(id));
}

async function note(setup: ShiftLogSetup, noting: Noting): Promise<ShiftAnswer<ShiftNoteRow>> {
  const { store, clock, told } = setup;
  const refusal = refusalOf(setup, [noting.by]) ?? referenceRefusal(store, noting);
  if (refusal) return refusal;
  const shift = store.shifts.open();
  if (!shift) return NOBODY;
  const id = await store.write('noteInShift', { ...noting, shift: shift.id, at: clock.now() });
  if (id === null) return OVERTAKEN;
  told();
  return found(store.shiftNotes.get(id));
}

function referenceRefusal({ shiftNotes }: ShiftLogSetup['store'], { corrects, closes }: Noting): Refused | null {
  const named = [corrects, closes].filter((id) => id !== null);
  const unknown = named.find((id) => !shiftNotes.get(id));
  if (unknown !== undefined) return refuse('unknownNote', `there is no note ${unknown}`);
  if (closes === null) return null;
  const isOpen = shiftNotes.get(closes)?.isOpen === true && !shiftNotes.isClosed(closes);
  return isOpen ? null : refuse('noteNotOpen', `note ${closes} is nothing to be done, or is closed already`);
}

async function draft(setup: ShiftLogSetup): Promise<ShiftAnswer<HandoverSheet>> {
  await setup.flush();
  const shift = setup.store.shifts.open();
  return shift ? { ok: true, value: await composeSheet(setup, shift, []) } : NOBODY;
}

async function sign(setup: ShiftLogSetup, { by, incoming }: Signing): Promise<ShiftAnswer<HandoverRow>> {
  const { store, config, told } = setup;
  const refusal = refusalOf(setup, [by, ...incoming]);
  if (refusal) return refusal;
  await setup.flush();
  const shift = store.shifts.open();
  if (!shift) return NOBODY;
  if (!shift.persons.includes(by) && !standsIn(config().people, by))
    return refuse('notOnDuty', `${by} is not on duty: ${shift.persons.join(', ')}`);
  if (incoming.every((person) => person === by)) return refuse('samePerson', `somebody else than ${by} must come`);
  const sheet = await composeSheet(setup, shift, incoming);
  const text = JSON.stringify(sheet);
  const sha256 = createHash('sha256').update(text).digest('hex');
  const signedAt = Date.parse(sheet.to);
  const id = await store.write('signHandover', {
    shift: shift.id,
    incoming,
    sheet: text,
    sha256,
    signedBy: by,
    signedAt,
  });
  if (id === null) return OVERTAKEN;
  told();
  return found(store.handovers.get(id));
}

async function accept(setup: ShiftLogSetup, { by, sha256, remark }: Answering): Promise<ShiftAnswer<ShiftRow>> {
  const { store, clock, told, flush } = setup;
  await flush();
  const waiting = waitingFor(setup, by, sha256);
  if (!waiting.ok) return waiting;
  const { id, shift, incoming } = waiting.value;
  const meanwhile = announcedSince(store, waiting.value);
  const answer = { id, state: 'accepted', by, at: clock.now(), remark, meanwhile } as const;
  const next = await store.write('handOver', shift, incoming, answer);
  if (next === null) return OVERTAKEN;
  told();
  return found(store.shifts.get(next));
}

async function object(setup: ShiftLogSetup, { by, sha256, remark }: Answering): Promise<ShiftAnswer<HandoverRow>> {
  const { store, clock, told, flush } = setup;
  await flush();
  const waiting = waitingFor(setup, by, sha256);
  if (!waiting.ok) return waiting;
  if (remark === null) return refuse('noteRequired', 'an objection needs a remark: what is not right');
  const { id, shift } = waiting.value;
  const meanwhile = announcedSince(store, waiting.value);
  const answer = { id, state: 'objected', by, at: clock.now(), remark, meanwhile } as const;
  if (!(await store.write('objectToHandover', shift, answer))) return OVERTAKEN;
  told();
  return found(store.handovers.get(id));
}

/** The handover that waits for its second signature, if it is this person's to give, and of this sheet. */
function waitingFor(setup: ShiftLogSetup, by: string, sha256: string): ShiftAnswer<HandoverRow> {
  const { shifts, handovers } = setup.store;
  const refusal = refusalOf(setup, [by]);
  if (refusal) return refusal;
  const shift = shifts.open();
  if (!shift) return NOBODY;
  const last = handovers.list(shift.id).at(-1);
  if (last?.state !== 'signed') return refuse('notHandedOver', `${shift.persons.join(', ')}: nobody has signed yet`);
  if (last.signedBy === by) return refuse('samePerson', `${by} has signed already: two persons sign`);
  if (!last.incoming.includes(by))
    return refuse('notIncoming', `the sheet names ${last.incoming.join(', ')}, not ${by}`);
  if (last.sha256 !== sha256) return refuse('stale', 'that is not the sheet that was signed: look at the newest one');
  return { ok: true, value: last };
}

/** What nobody has acknowledged, and the sheet does not have. */
function announcedSince({ alarms }: ShiftLogSetup['store'], { signedAt }: HandoverRow): string[] {
  return alarms
    .list('nonNormal')
    .filter(({ letter, announcedAt, drill }) => 'BDE'.includes(letter) && !drill && (announcedAt ?? 0) >= signedAt)
    .map(({ alarm }) => alarm);
}

function refusalOf({ config }: ShiftLogSetup, persons: readonly string[]): Refused | null {
  const { people } = config();
  return persons.map((person) => unknownPerson(people, person)).find((refusal) => refusal !== null) ?? null;
}

/** What has just been written. */
function found<T>(row: T | undefined): ShiftAnswer<T> {
  if (row === undefined) throw new Error('the store does not have what it has just taken');
  return { ok: true, value: row };
}

async function orUnavailable<T>(work: () => Promise<ShiftAnswer<T>>): Promise<ShiftAnswer<T>> {
  try {
    return await work();
  } catch (error) {
    if (!mayPass(error)) throw error;
    return refuse('storeUnavailable', 'the store cannot be written at the moment: nothing was noted');
  }
}
