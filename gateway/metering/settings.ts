/** What the site file says of metering, as the rules need it. */
import type { SiteConfig } from '../config/site-config.ts';
import type { Tolerances } from './rules/closing.ts';
import type { ClockRules } from './rules/meter-clock.ts';
import type { Cut } from './rules/period.ts';
import { localOf } from './rules/zone.ts';
import type { RetentionSettings } from '../store/retention.ts';

type Site = Pick<SiteConfig, 'site' | 'metering'>;

export function cutOf({ site, metering }: Site): Cut {
  return { day: metering.cutDay, time: metering.cutTime, zone: site.timezone };
}

export function tolerancesOf({ metering }: Pick<Site, 'metering'>): Tolerances {
  return { actual: metering.toleranceMin * 60_000, manual: metering.manualToleranceH * 3_600_000 };
}

export function clockRulesOf({ site, metering }: Site): ClockRules {
  return { zone: site.timezone, reportBeyondS: metering.clockBeyondS };
}

/** What of the store is kept for how long. */
export function retentionOf(
  { site, store, metering }: Site & Pick<SiteConfig, 'store'>,
  now: number,
): RetentionSettings {
  const { readingsDays, eventsDays } = store;
  const local = Date.parse(`${localOf(now, site.timezone)}Z`);
  const zoneMs = local - Math.floor(now / 1000) * 1000;
  return { readingsDays, eventsDays, meterReadingsDays: metering.readingsDays, zoneMs };
}
