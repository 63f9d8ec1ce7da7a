/** People move in or out: all meters of the home are read now, or noted by hand, and the readings are kept with the home. */
import type { SiteConfig } from '../../config/site-config.ts';
import type { Meter, MeterReading } from '../model.ts';
import type { Desk } from './desk.ts';
import { refuse, type DeskRefusal, type DeskRefused } from './refusals.ts';

export interface MoveAsked {
  readonly home: string;
  readonly occasion: 'moveIn' | 'moveOut';
  readonly by: string;
  readonly note: string;
  /** What somebody has read on the spot, by the number of the meter: these are not asked. */
  readonly values: Readonly<Record<string, string>>;
}

/** `reading` null: the clerk enters it by hand, for the reason that stands in `refusal`. */
export interface MeterAtMove {
  readonly meter: string;
  readonly reading: MeterReading | null;
  readonly refusal: DeskRefusal | null;
}

export type Moved = { readonly ok: true; readonly meters: readonly MeterAtMove[] } | DeskRefused;

/** The meters that are there now, all asked at the same time. */
export async function move(desk: Desk, { registry }: Pick<SiteConfig, 'registry'>, asked: MoveAsked): Promise<Moved> {
  const { home, values } = asked;
  if (!registry.homes.has(home)) return refuse('unknownHome', { zh: home, en: home });
  const present = metersOf(registry, home).filter(({ removedAt }) => removedAt === null);
  const numbers = new Set(present.map(({ number }) => number));
  const strange = Object.keys(values).find((number) => !numbers.has(number));
  if (strange !== undefined) return refuse('unknownMeter', { zh: `${home} ${strange}`, en: `${strange} of ${home}` });
  return { ok: true, meters: await Promise.all(present.map((meter) => readOne(desk, meter, asked))) };
}

export function metersOf({ meters }: SiteConfig['registry'], home: string): Meter[] {
  return [...meters.values()].filter((meter) => meter.home === home);
}

async function readOne(desk: Desk, { number }: Meter, asked: MoveAsked): Promise<MeterAtMove> {
  const { occasion, by, note, values } = asked;
  const value = Object.hasOwn(values, number) ? values[number] : undefined;
  const outcome =
    value === undefined
      ? await desk.readForMove(number, occasion, { by, note })
      : await desk.enter({ meter: number, value, quality: 'manual', occasion, confirmed: false, by, note });
  return outcome.ok
    ? { meter: number, reading: outcome.reading, refusal: null }
    : { meter: number, reading: null, refusal: outcome.refusal };
}
