/** What a person decides about alarms, over the API: about each as it is now, and no older. */
import { z } from 'zod';
import { alarmSchema } from '../../api/resources/alarm.ts';
import { getApi, postApi } from '../api/client.ts';
import type { ChangeOptions } from '../api/options.ts';
import { CliError, EXIT, usageError } from '../exit.ts';
import { paletteFor } from '../text/palette.ts';
import { nameOf, stateOf, type AlarmShown } from './alarm-lines.ts';

export interface DecideOptions extends ChangeOptions {
  readonly note?: string;
}

export interface ShelveOptions extends DecideOptions {
  /** Milliseconds. */
  readonly for?: number;
  /** ISO 8601 in UTC. */
  readonly until?: string;
}

/** `seen`: the API wants to know which revision was seen. */
const VERBS = {
  ack: { path: 'acknowledge', done: 'acknowledged', seen: true },
  reset: { path: 'reset', done: 'reset', seen: true },
  shelve: { path: 'shelve', done: 'shelved', seen: true },
  unshelve: { path: 'unshelve', done: 'shown again', seen: false },
  remove: { path: 'remove-from-service', done: 'out of service', seen: true },
  'end-drill': { path: 'end-drill', done: 'drill ended', seen: false },
  place: { path: 'place-in-service', done: 'in service', seen: false },
} as const;

type Verb = keyof typeof VERBS;

/** Those that say all with a note. */
export type DecideVerb = Exclude<Verb, 'shelve'>;

export interface DrillOptions extends DecideOptions {
  /** Milliseconds. */
  readonly for?: number;
}

const shownSchema = z.object({ alarm: alarmSchema });
const answerSchema = z.object({ alarm: alarmSchema, stored: z.boolean() });
const siteSchema = z.object({ now: z.iso.datetime() });

/** Ends with findings where one is refused; the others are decided all the same. */
export async function decide(verb: DecideVerb, alarms: readonly string[], options: DecideOptions): Promise<void> {
  await decideEach(verb, alarms, options, {});
}

/** Rejects with CliError where it is not said until when. */
export async function shelve(alarms: readonly string[], { for: ms, until, ...options }: ShelveOptions): Promise<void> {
  await decideEach('shelve', alarms, options, { until: until ?? (await endOf(ms, options)) });
}

/** Begins a drill of an alarm. Rejects with CliError where that is refused. */
export async function drill(alarm: string, { for: ms, note, ...options }: DrillOptions): Promise<void> {
  const { alarm: shown } = await getApi(options, `/alarms/${encodeURIComponent(alarm)}`, shownSchema);
  const { type, source, channel } = shown;
  const body = {
    type,
    source,
    channel,
    by: options.by,
    note: note ?? null,
    ...(ms !== undefined && { forS: ms / 1000 }),
  };
  const answer = await postApi(options, '/alarms/drills', body, answerSchema);
  if (options.json) console.log(JSON.stringify(answer));
  else console.log(doneLine(answer.alarm, 'a drill has begun', answer.stored));
}

/** By the clock of the gateway, which ends it. */
async function endOf(ms: number | undefined, options: DecideOptions): Promise<string> {
  if (ms === undefined) throw usageError('until when?', '--for 2h or --until 2026-12-01T08:00:00+08:00');
  const { now } = await getApi(options, '/site', siteSchema);
  return new Date(Date.parse(now) + ms).toISOString();
}

type More = Readonly<Record<string, unknown>>;

async function decideEach(verb: Verb, alarms: readonly string[], options: DecideOptions, more: More): Promise<void> {
  for (const alarm of alarms) {
    try {
      await decideOne(verb, alarm, options, more);
    } catch (error) {
      if (!(error instanceof CliError) || alarms.length === 1) throw error;
      console.error(`${paletteFor(process.stderr).bad(`✗ ${alarm}:`)} ${error.message}`);
      process.exitCode = EXIT.findings;
    }
  }
}

async function decideOne(verb: Verb, alarm: string, { note, ...options }: DecideOptions, more: More): Promise<void> {
  const { path, done, seen } = VERBS[verb];
  const base = `/alarms/${encodeURIComponent(alarm)}`;
  const { alarm: shown } = await getApi(options, base, shownSchema);
  const { occurrenceId, rev } = shown;
  const body = { by: options.by, note: note ?? null, ...(seen && { occurrenceId, rev }), ...more };
  const answer = await postApi(options, `${base}/${path}`, body, answerSchema);
  if (options.json) console.log(JSON.stringify(answer));
  else console.log(doneLine(answer.alarm, done, answer.stored));
}

function doneLine(alarm: AlarmShown, done: string, stored: boolean): string {
  const colours = paletteFor(process.stdout);
  const where = alarm.sourceNameZh ?? alarm.source;
  const what = `P${alarm.priority} ${nameOf(alarm)}  ${where} ${colours.faint(`(${alarm.alarm})`)}`;
  const loss = stored ? '' : colours.warning('; not on the disk yet: the store cannot be written');
  return `${colours.good('✓')} ${what}  ${done}; now ${stateOf(alarm.letter, colours)}${loss}`;
}
