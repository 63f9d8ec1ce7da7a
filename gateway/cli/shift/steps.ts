/** What people do in a shift, over the API. */
import { z } from 'zod';
import { fullShiftSchema, handoverSchema, shiftSchema } from '../../api/resources/shift.ts';
import { sheetNoteSchema } from '../../shifts/sheet/schema.ts';
import { getApi, postApi, type ApiOptions } from '../api/client.ts';
import type { ChangeOptions } from '../api/options.ts';
import { CliError } from '../exit.ts';
import { paletteFor } from '../text/palette.ts';

export interface BeginOptions extends ChangeOptions {
  readonly with?: readonly string[];
}

export interface NoteOptions extends ChangeOptions {
  readonly open?: boolean;
  readonly alarm?: string;
  readonly occurrence?: string;
  readonly corrects?: number;
  readonly closes?: number;
}

export interface HandoverOptions extends ChangeOptions {
  readonly to: readonly string[];
}

export interface AnswerOptions extends ChangeOptions {
  /** The SHA-256, or its beginning. */
  readonly sheet: string;
  readonly remark?: string;
}

type Handover = z.output<typeof handoverSchema>;

export async function beginShift({ with: others = [], ...options }: BeginOptions): Promise<void> {
  const { by } = options;
  const persons = [...new Set([by, ...others])];
  say(await postApi(options, '/shifts', { by, persons }, shiftSchema), options, onDuty);
}

export async function noteInShift(text: string, options: NoteOptions): Promise<void> {
  const { by, open = false, alarm = null, occurrence = null, corrects = null, closes = null } = options;
  const body = { by, text, open, alarm, occurrenceId: occurrence, corrects, closes };
  say(await postApi(options, '/shifts/current/notes', body, sheetNoteSchema), options, ({ id }) => `note ${id}`);
}

export async function handOver({ to: incoming, ...options }: HandoverOptions): Promise<void> {
  const body = { by: options.by, incoming };
  say(await postApi(options, '/shifts/current/handover', body, handoverSchema), options, waits);
}

export async function answerHandover(verb: 'accept' | 'object', options: AnswerOptions): Promise<void> {
  const { by, remark = null } = options;
  const waiting = await newest(options);
  const sha256 = waiting?.sha256.startsWith(options.sheet) === true ? waiting.sha256 : options.sheet;
  const path = `/shifts/current/handover/${verb}`;
  const body = { by, sha256, remark };
  if (verb === 'object') say(await postApi(options, path, body, handoverSchema), options, objected);
  else {
    const shift = await postApi(options, path, body, shiftSchema);
    const meanwhile = waiting
      ? (await getApi(options, `/handovers/${waiting.handover}`, handoverSchema)).meanwhile
      : [];
    say({ ...shift, meanwhile }, options, (taken) => [onDuty(taken), ...cameMeanwhile(meanwhile)].join('\n'));
  }
}

/** The handover of the shift that is on; null where nobody has signed one. */
async function newest(options: ApiOptions): Promise<Handover | null> {
  const { onDuty: shift } = await getApi(options, '/shifts?limit=1', z.object({ onDuty: shiftSchema.nullable() }));
  if (!shift) throw new CliError('nobody is on duty', 'begin a shift');
  const { handovers } = await getApi(options, `/shifts/${shift.shift}`, fullShiftSchema);
  return handovers.at(-1) ?? null;
}

function onDuty({ shift, persons }: z.output<typeof shiftSchema>): string {
  return `shift ${shift}: ${persons.map(({ name }) => name).join(', ')} on duty`;
}

function waits({ handover, sha256, incoming, signedBy }: Handover): string {
  return [
    `handover ${handover}, signed by ${signedBy}; waits for ${incoming.join(' or ')}`,
    `  read it:  scripts/gatehouse shift show ${handover}`,
    `  sign it:  scripts/gatehouse shift sign --sheet ${sha256.slice(0, 12)}`,
  ].join('\n');
}

function objected({ handover, answeredBy, signedBy }: Handover): string {
  return `handover ${handover}: ${answeredBy ?? ''} objects; ${signedBy} stays on duty`;
}

function cameMeanwhile(alarms: readonly string[]): string[] {
  if (alarms.length === 0) return [];
  const { warning } = paletteFor(process.stdout);
  return [warning(`  came meanwhile, and nobody has acknowledged it: ${alarms.join(', ')}`)];
}

function say<T>(answer: T, { json }: ChangeOptions, words: (answer: T) => string): void {
  const { good } = paletteFor(process.stdout);
  console.log(json ? JSON.stringify(answer) : `${good('✓')} ${words(answer)}`);
}
