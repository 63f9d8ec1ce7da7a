/** What becomes of the lines that a revision corrects: each meter of them is billed once more, and no other one a second time. */
import { finding, type Finding } from '../../rules/checks.ts';
import type { BillLine } from '../../rules/line.ts';
import { isClosed } from '../../rules/run.ts';
import type { DraftAsked } from './ask.ts';
import { closedPeriods, type CarriedTables } from './billed-period.ts';

export class RevisedLines {
  readonly #asked: DraftAsked;
  readonly #period: ReturnType<typeof closedPeriods>[number] | undefined;
  readonly #corrected: ReadonlySet<string>;
  /** The meters of the new lines. */
  readonly #taken = new Set<string>();

  constructor(billing: CarriedTables, asked: DraftAsked) {
    const { run, others } = asked;
    this.#asked = asked;
    this.#corrected = new Set(run.corrections.flatMap(({ meters }) => meters));
    const closed = others.filter((other) => isClosed(other) && other.from === run.from);
    this.#period = run.revision === 0 ? undefined : closedPeriods(billing, closed)[0];
  }

  /** What is wrong with one of the new lines beside those of the period that stay. */
  take(line: BillLine): Finding[] {
    const { meters } = line;
    for (const meter of meters) this.#taken.add(meter);
    const twice = meters.flatMap((meter) => {
      const held = this.#corrected.has(meter) ? null : this.#period?.ofMeter(meter);
      return held ? [{ meter, ...held }] : [];
    });
    return twice.slice(0, 1).map(({ meter, run, chain }) =>
      finding(line, 'billedTwice', {
        zh: `表 ${meter} 已计入 ${run} 的 ${chain} 行：请作废本修订，把两行一起更正`,
        en: `meter ${meter} is billed by the line ${chain} of ${run} as well: discard this revision, and correct both lines in one`,
      }),
    );
  }

  /** Of what was billed by the corrected lines, and is not in the tables any more. */
  left(): Finding[] {
    const { run, meters } = this.#asked;
    const known = new Set(meters.map(({ number }) => number));
    return run.corrections.flatMap(({ chain, meters: billed }) =>
      billed
        .filter((meter) => !known.has(meter))
        .slice(0, 1)
        .map((meter) =>
          finding({ chain, home: null }, 'meterLeft', {
            zh: `被更正的 ${chain} 行计过表 ${meter}，该表已不在表计档案中：其用量不再计费`,
            en: `the corrected line ${chain} billed meter ${meter}, which has left the tables: its use is billed no more`,
          }),
        ),
    );
  }

  /** Chains of the corrected lines that nothing has taken the place of. */
  withoutLine(): string[] {
    const { corrections } = this.#asked.run;
    return corrections
      .filter(({ meters }) => !meters.some((meter) => this.#taken.has(meter)))
      .map(({ chain }) => chain);
  }
}
