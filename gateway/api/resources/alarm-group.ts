/** What is not normal, in at most ten lines, as it is answered. */
import { z } from 'zod';
import { groupAlarms, type AlarmLine } from '../../alarms/groups.ts';
import { floodSince } from '../../alarms/performance/flood-watch.ts';
import { iso } from '../../broker/messages.ts';
import type { SiteConfig } from '../../config/site-config.ts';
import type { ApiDeps } from '../deps.ts';
import { newestSeq } from '../feed/journal.ts';
import { seq, time } from '../schema/fields.ts';
import { alarmSchema, alarmViewer, type AlarmView } from './alarm.ts';

const keys = z.array(z.string());

const lineSchema = z.object({
  priority: z.int().min(1).max(4).describe('Of the most urgent'),
  type: z.string().nullable().describe('Null where they are of several'),
  place: z.string().nullable().describe('Null where they are at several'),
  firstOut: alarmSchema.describe('Of the alarms the one that was announced first'),
  alarms: keys.describe('What people have to deal with, by key'),
  unacknowledged: z.int().describe('So many of these'),
  explains: keys.describe('What these hide, by key'),
});

export const groupsSchema = z.object({
  epoch: z.int(),
  seq: seq.describe('Of the feed at this moment: `events?after=` goes on from here'),
  flood: z
    .object({ since: time })
    .nullable()
    .describe('More than 10 alarms in 10 minutes, and not yet fewer than 5; null: none'),
  by: z
    .enum(['cause', 'type', 'priority'])
    .describe('How finely the lines tell alarms apart: as finely as ten lines allow. cause: then by type and place'),
  lines: z.array(lineSchema).max(10).describe('The most urgent first, then by the newest announcement'),
  hidden: keys.describe('Hidden alarms that no line has: shelved, out of service, or what explains them is hidden too'),
});

export function groupsView({ store, config }: ApiDeps): z.input<typeof groupsSchema> {
  const { epoch, events, alarms } = store;
  const placeOf = places(config());
  const { by, lines, hidden } = groupAlarms(alarms.list('nonNormal'), placeOf);
  const since = floodSince(events);
  const view = alarmViewer(config(), epoch);
  return {
    ...{ epoch, seq: newestSeq(events), by, hidden: keysOf(hidden) },
    flood: since === null ? null : { since: iso(since) },
    lines: lines.map((line) => lineView(line, view(line.firstOut), placeOf)),
  };
}

function lineView(
  { priority, alarms, explains }: AlarmLine,
  firstOut: AlarmView,
  placeOf: (source: string) => string,
): z.input<typeof lineSchema> {
  return {
    ...{ priority, firstOut, alarms: keysOf(alarms), explains: keysOf(explains) },
    type: common(alarms.map(({ type }) => type)),
    place: common(alarms.map(({ source }) => placeOf(source))),
    unacknowledged: alarms.filter(({ acked }) => !acked).length,
  };
}

/** Where a person finds a source; a source without a location is a place of its own. */
function places({ devices, equipment }: SiteConfig): (source: string) => string {
  const locations = new Map([...devices, ...equipment].map(({ id, location }) => [id, location]));
  return (source) => locations.get(source) ?? source;
}

function keysOf(rows: readonly { readonly alarm: string }[]): string[] {
  return rows.map(({ alarm }) => alarm);
}

/** What all of them are; null where they differ. */
function common(values: readonly string[]): string | null {
  const [first = null, ...others] = new Set(values);
  return others.length === 0 ? first : null;
}
