/** How the alarm system performs, as it is answered: of the whole stretch, and by type, source or shift. */
import { z } from 'zod';
import { apart, figuresOf, happenedIn, type Figures, type Happened } from '../../alarms/performance/figures.ts';
import { overlapOf } from '../../alarms/performance/floods.ts';
import { shiftsIn } from '../../alarms/performance/shifts.ts';
import { isStale, isStanding } from '../../alarms/performance/standing.ts';
import type { Stretch } from '../../alarms/performance/stretch.ts';
import { iso } from '../../broker/messages.ts';
import type { SiteConfig } from '../../config/site-config.ts';
import type { AlarmRow } from '../../store/rows.ts';
import type { ApiDeps } from '../deps.ts';
import { time } from '../schema/fields.ts';
import { alarmSchema, alarmViewer } from './alarm.ts';
import { figuresSchema, figuresView } from './alarm-figures.ts';

const itemSchema = figuresSchema.extend({
  key: z.string().describe('The type, the source, or when the shift began on the wall clock'),
  nameZh: z.string().nullable(),
  from: time,
  to: time,
});

export const performanceSchema = z.object({
  from: time,
  to: time,
  by: z.enum(['type', 'source', 'shift']),
  total: figuresSchema,
  items: z.array(itemSchema).describe('Those with most alarms first; shifts in their order'),
  floods: z.array(z.object({ from: time, to: time.describe('Null: it is still on') })),
  chattering: z
    .array(z.object({ alarm: alarmSchema, onsets: z.int().describe('How often it came'), mostPerMinute: z.int() }))
    .describe('The worst first: a contact, a limit or a delay to be mended'),
  stale: z.array(alarmSchema).describe('Now, the oldest first'),
});

type PerformanceView = z.input<typeof performanceSchema>;
type Item = z.input<typeof itemSchema>;

/** What was found in the journal. */
interface Looked {
  readonly stretch: Stretch;
  readonly happened: Happened;
  readonly floods: readonly Stretch[];
  readonly total: Figures;
}

interface Standing {
  readonly standing: readonly AlarmRow[];
  readonly stale: readonly AlarmRow[];
}

export function performanceView(deps: ApiDeps, by: PerformanceView['by'], looked: Looked): PerformanceView {
  const { stretch, floods, total } = looked;
  const { alarms, epoch } = deps.store;
  const config = deps.config();
  const now = standingAt(alarms.list('nonNormal'), deps.clock.now());
  const counts = { standing: now.standing.length, stale: now.stale.length };
  const view = alarmViewer(config, epoch);
  return {
    ...{ from: iso(stretch.from), to: iso(stretch.to), by },
    total: figuresView(total, { floodMs: overlapOf(floods, stretch), ...counts }),
    items: by === 'shift' ? shiftItems(looked, config) : partItems(looked, by, now, config),
    floods: floods.map(({ from, to }) => ({ from: iso(from), to: iso(to) })),
    chattering: total.chattering.flatMap(({ alarm, ...rates }) => {
      const row = alarms.get(alarm);
      return row ? [{ alarm: view(row), ...rates }] : [];
    }),
    stale: now.stale.map(view),
  };
}

/** Oldest first. `now`: Unix milliseconds. */
function standingAt(rows: readonly AlarmRow[], now: number): Standing {
  const standing = rows.filter(isStanding).sort((a, b) => (a.raisedAt ?? 0) - (b.raisedAt ?? 0));
  return { standing, stale: standing.filter((row) => isStale(row, now)) };
}

function shiftItems({ stretch, happened, floods }: Looked, { site }: SiteConfig): Item[] {
  const shifts = shiftsIn(stretch, site.shifts, site.timezone);
  const byShift = apart(happened, ({ at }) => shifts.find(({ to }) => at < to)?.shift);
  return shifts.map(({ shift, from, to }) => {
    const figures = figuresOf(byShift.get(shift) ?? NOTHING, { from, to }, floods);
    const beside = { floodMs: overlapOf(floods, { from, to }), standing: null, stale: null };
    return { key: shift, nameZh: null, from: iso(from), to: iso(to), ...figuresView(figures, beside) };
  });
}

function partItems(looked: Looked, by: 'type' | 'source', now: Standing, config: SiteConfig): Item[] {
  const { stretch, happened, floods } = looked;
  const parts = apart(happened, (placed) => placed[by]);
  const standing = Map.groupBy(now.standing, (row) => row[by]);
  const stale = Map.groupBy(now.stale, (row) => row[by]);
  const names = namesIn(config, by);
  const items = [...new Set([...parts.keys(), ...standing.keys()])].map((key) => {
    const counts = { standing: standing.get(key)?.length ?? 0, stale: stale.get(key)?.length ?? 0 };
    const figures = figuresView(figuresOf(parts.get(key) ?? NOTHING, stretch, floods), { floodMs: null, ...counts });
    return { key, nameZh: names.get(key) ?? null, from: iso(stretch.from), to: iso(stretch.to), ...figures };
  });
  return items.sort((a, b) => b.alarms - a.alarms);
}

const NOTHING = happenedIn([]);

function namesIn(config: SiteConfig, by: 'type' | 'source'): Map<string, string | undefined> {
  if (by === 'type') return new Map(config.alarms.map(({ type, settings }) => [type, settings.nameZh]));
  const { buses, devices, equipment } = config;
  return new Map([...buses, ...devices, ...equipment].map(({ id, nameZh }) => [id, nameZh]));
}
