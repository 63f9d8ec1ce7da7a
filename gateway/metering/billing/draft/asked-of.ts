/** What of the configuration in force a draft goes by. */
import type { SiteConfig } from '../../../config/site-config.ts';
import { registersOf } from '../../collection/registers.ts';
import type { Run } from '../../rules/run.ts';
import { clockRulesOf, tolerancesOf } from '../../settings.ts';
import type { StoredRun } from '../record.ts';
import type { DraftAsked } from './ask.ts';

/** `others`: every other run of the utility. */
export function askedOf(config: SiteConfig, run: Run, others: readonly StoredRun[]): DraftAsked {
  const placed = [...registersOf(config).values()].flat();
  return {
    run,
    others: others.map((row) => row.run.run),
    meters: [...config.registry.meters.values()].filter(({ utility }) => utility === run.utility),
    clocks: new Map(
      placed.flatMap(({ meter, device, clock }) =>
        clock === null || meter.utility !== run.utility ? [] : [[meter.number, { device, point: clock }] as const],
      ),
    ),
    tolerances: tolerancesOf(config),
    estimates: config.metering.estimates,
    clockRules: clockRulesOf(config),
  };
}
