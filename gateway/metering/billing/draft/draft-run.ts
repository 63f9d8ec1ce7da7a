/** Drafts a run from registry, readings and earlier bills: the same rows give the same lines. */
import type { NewBillingLine } from '../../../store/rows.ts';
import type { Store } from '../../../store/store.ts';
import { chainsOf, type Chain } from '../../rules/chain.ts';
import { checkLine, finding, type Finding } from '../../rules/checks.ts';
import { draftLine, wantsAllReadings, type BillLine, type LineRules } from '../../rules/line.ts';
import { judgeClock } from '../../rules/meter-clock.ts';
import { tell } from '../../rules/reasons.ts';
import { checkSeam } from '../../rules/revision.ts';
import { localOf } from '../../rules/zone.ts';
import { FiguresOfLines } from '../figures.ts';
import type { DraftAsked, DraftEnd } from './ask.ts';
import { carriedText } from './carried.ts';
import { allReadings, readingsNear } from './chain-readings.ts';
import { earlierBills, type EarlierBills } from './earlier-bills.ts';
import { nextLines } from './next-lines.ts';
import { RevisedLines } from './revised-lines.ts';

export type DraftTables = Pick<Store, 'billing' | 'billedReadings' | 'points'>;

/** Yields the lines in the order of the registry; returns their figures and what is to be looked at. */
export function* draftRun(tables: DraftTables, asked: DraftAsked): Generator<NewBillingLine, DraftEnd> {
  const { run, others } = asked;
  const earlier = earlierBills(tables.billing, others, run.from);
  const rules = lineRules(asked, earlier);
  const next = nextLines(tables.billing, run, others);
  const revised = new RevisedLines(tables.billing, asked);
  const sums = new FiguresOfLines();
  const found: Finding[] = [];
  let n = 0;
  for (const chain of chainsToDraft(asked)) {
    const { billed, history } = earlier.of(chain);
    const wanted = { chain, billed, since: sinceOf(rules), to: run.to, tolerances: asked.tolerances };
    const facts = { chain, billed, history, readings: readingsNear(tables.billedReadings, wanted) };
    const first = draftLine(facts, rules);
    const line =
      first && wantsAllReadings(first)
        ? draftLine({ ...facts, readings: allReadings(tables.billedReadings, wanted) }, rules)
        : first;
    if (line === null) continue;
    sums.add(line);
    found.push(
      ...checkLine(line, { history, clockOff: clockOff(tables, asked, line) }),
      ...revised.take(line),
      ...checkSeam(line, next(line)),
    );
    yield { n, chain: line.chain, home: line.home, line: JSON.stringify(line), carried: carriedText(line) };
    n += 1;
  }
  found.push(...(run.revision === 0 ? vanished(tables.billing, asked, earlier) : revised.left()));
  return { figures: sums.figures, found, withoutLine: revised.withoutLine() };
}

/** All of the utility; of a revision those of the meters that it corrects, which may be in other chains now. */
function chainsToDraft({ run, meters, clockRules }: DraftAsked): Chain[] {
  const chains = chainsOf(meters, clockRules.zone);
  if (run.revision === 0) return chains;
  const corrected = new Set(run.corrections.flatMap((correction) => correction.meters));
  return chains.filter(({ stays }) => stays.some(({ meter }) => corrected.has(meter.number)));
}

/** Of lines of the period before whose meters have all left the tables: what they have used since would never be billed. */
function vanished(billing: DraftTables['billing'], asked: DraftAsked, { last }: EarlierBills): Finding[] {
  const { meters, clockRules } = asked;
  const known = new Set(meters.map(({ number }) => number));
  return [...(last?.without(known) ?? [])].flatMap(({ run, chain, carried }) => {
    const { billedTo } = carried;
    if (billedTo === null || billedTo.source === 'removal' || carried.meters.some((meter) => known.has(meter)))
      return [];
    const home = billing.lineOf(run, chain)?.home ?? null;
    return [
      finding({ chain, home }, 'unknownMeter', tell({ code: 'unknownMeter', meter: billedTo.meter }, clockRules.zone)),
    ];
  });
}

function lineRules({ run, tolerances, estimates, clockRules: { zone } }: DraftAsked, earlier: EarlierBills): LineRules {
  const { from, to } = run;
  const period = { name: run.period, from, to, fromLocal: localOf(from, zone), toLocal: localOf(to, zone) };
  const { lastClosedTo, firstClosedFrom } = earlier;
  return { period, lastClosedTo, firstClosedFrom, tolerances, estimates, zone };
}

function sinceOf({ period, lastClosedTo }: LineRules): number {
  return Math.min(lastClosedTo ?? period.from, period.from);
}

/** By what its clock showed when it was last read; null where it was right, or has none. */
function clockOff({ points }: DraftTables, { clocks, clockRules }: DraftAsked, { meters }: BillLine): number | null {
  const place = clocks.get(meters.at(-1) ?? '');
  const seen = place && points.get(place.device, place.point);
  if (!seen || seen.quality === 'bad' || typeof seen.value !== 'string') return null;
  const judged = judgeClock({ meterTime: seen.value, at: seen.at }, clockRules);
  return judged.kind === 'off' ? judged.offS : null;
}
