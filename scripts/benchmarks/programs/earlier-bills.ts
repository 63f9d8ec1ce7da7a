/** The bills of a year, so that a draft has as much to go on from as on a site that has been running for one. */
import type { SiteConfig } from '../../../gateway/config/site-config.ts';
import { askedOf } from '../../../gateway/metering/billing/draft/asked-of.ts';
import { draftRun } from '../../../gateway/metering/billing/draft/draft-run.ts';
import { rowOf } from '../../../gateway/metering/billing/record.ts';
import type { Utility } from '../../../gateway/metering/model.ts';
import { lastPeriodOver, previousPeriod } from '../../../gateway/metering/rules/period.ts';
import { openRun, type Run } from '../../../gateway/metering/rules/run.ts';
import { cutOf } from '../../../gateway/metering/settings.ts';
import type { Db } from '../../../gateway/store/open.ts';
import type { NewBillingLine } from '../../../gateway/store/rows.ts';
import type { readTables, WriteTables } from '../../../gateway/store/tables/index.ts';

export interface EarlierBills {
  readonly config: SiteConfig;
  readonly now: number;
  readonly periods: number;
}

const NO_HASH = '0'.repeat(64);

/** The latest is drafted as the gateway would draft it, from what is stored. The ones before it are copies of its lines. */
export function keepEarlierBills(
  db: Db,
  read: ReturnType<typeof readTables>,
  write: WriteTables,
  { config, now, periods }: EarlierBills,
): void {
  const cut = cutOf(config);
  const latest = previousPeriod(lastPeriodOver(now, cut), cut);
  const all = [latest];
  while (all.length < periods) all.push(previousPeriod(all[all.length - 1] ?? latest, cut));
  const { version, files } = config.registry;
  const utilities = new Set([...config.registry.meters.values()].map(({ utility }) => utility));
  const signature = { by: 'bench', at: now };
  db.transaction(() => {
    write.registry.keep(version, files, now);
    for (const utility of utilities) {
      const { lines, end } = drafted(utility);
      for (const period of all) {
        const run = { ...openRun(utility, period), draft: 1 };
        const begun = rowOf({ run, drafted: null, dropped: null }, null);
        write.billing.save(begun, null);
        write.billing.appendLines(run.id, lines);
        const closed: Run = {
          ...{ ...run, state: 'acknowledged', findings: end.found },
          ...{ closed: signature, manifest: NO_HASH, acknowledged: signature },
        };
        const of = { ...signature, figures: end.figures, found: [] };
        write.billing.save(rowOf({ run: closed, drafted: of, dropped: null }, version), begun.run);
      }
    }
  })();

  function drafted(utility: Utility) {
    const drafting = draftRun(read, askedOf(config, openRun(utility, latest), []));
    const lines: NewBillingLine[] = [];
    for (;;) {
      const step = drafting.next();
      if (step.done === true) return { lines, end: step.value };
      lines.push(step.value);
    }
  }
}
