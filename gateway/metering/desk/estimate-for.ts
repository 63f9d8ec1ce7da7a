/** What a register may have shown when it could not be believed: by the use of the last measured period. */
import type { SiteConfig } from '../../config/site-config.ts';
import type { Store } from '../../store/store.ts';
import { earlierBills } from '../billing/draft/earlier-bills.ts';
import { LONG_PARTS, type RunRecord } from '../billing/record.ts';
import type { Meter } from '../model.ts';
import { chainsOf } from '../rules/chain.ts';
import { estimateAt } from '../rules/estimate.ts';
import { instantOf } from '../rules/zone.ts';

/** On the dial; null where there is nothing to go by. `at`: Unix milliseconds. */
export function estimateFor(
  { billing, meterReadings }: Pick<Store, 'billing' | 'meterReadings'>,
  { registry, site }: Pick<SiteConfig, 'registry' | 'site'>,
  meter: Meter,
  at: number,
): string | null {
  const zone = site.timezone;
  // Meters that took each other's place are of one home and utility.
  const near = [...registry.meters.values()].filter(
    ({ home, utility }) => home === meter.home && utility === meter.utility,
  );
  const chain = chainsOf(near, zone).find(({ stays }) => stays.some((stay) => stay.meter.number === meter.number));
  if (!chain) return null;
  const runs = billing.runsWithout(LONG_PARTS).map(({ run }) => (run as RunRecord).run);
  const ofUtility = runs.filter(({ utility }) => utility === meter.utility);
  const { history } = earlierBills(billing, ofUtility, at).of(chain);
  const installed = { value: meter.initial, at: instantOf(meter.installedAt, zone) };
  const start = meterReadings.lastGood(meter.number, at) ?? installed;
  return estimateAt(at, meter, start, history)?.boundary.value ?? null;
}
