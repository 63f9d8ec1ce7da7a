/** The month of the clerk, and of the referee who comes after. */
import type { Api } from './api.ts';
import { bill, settle, suspects, type Run, type Suspect } from './clerk.ts';
import { shifted } from './local-time.ts';
import { referee, type Refereed } from './referee.ts';
import { countOf, differencesOf, runWords, tableOf } from './report.ts';
import type { SimulatedMeter, Simulators } from './simulators.ts';
import { readWorkbook } from './workbook.ts';

export interface Month {
  readonly api: Api;
  readonly simulators: Simulators;
  readonly meters: readonly SimulatedMeter[];
  /** `2026-11`. */
  readonly period: string;
  /** How many times as fast it passed. */
  readonly rates: { readonly between: number; readonly atCuts: number };
  /** For the bills. */
  readonly folder: string;
  readonly say: (line: string) => void;
}

const ZONE_MS = 8 * 3_600_000;
/** An exchange and the asking for the time take so long, in seconds of the machine. */
const DOUBT_S = 1.5;
const OBIS: Readonly<Record<string, string>> = {
  electricity: '1-0:1.8.0',
  coldWater: '8-0:1.0.0',
  hotWater: '9-0:1.0.0',
  reclaimedWater: '8-0:1.0.0',
  gas: '7-0:3.0.0',
  heat: '6-0:1.0.0',
};

/** A month that has passed. Resolves with whether every line is as the dials showed, or explained. */
export async function billMonth(month: Month): Promise<boolean> {
  const { api, meters, period, folder, say } = month;
  const doubted = await suspects(api);
  say(`${doubted.length} readings in doubt, of ${suspectWords(doubted, meters)}`);
  const settled = await settle(api, doubted, (suspect) => dialShows(month, suspect));
  say(`settled: ${settled.accepted} accepted, ${settled.rejected} rejected`);
  const all: Refereed[] = [];
  let missing = 0;
  for (const [utility, ofUtility] of Map.groupBy(meters, (meter) => meter.utility)) {
    const run = await bill(api, utility, period, folder);
    say(runWords(run));
    const lines = await refereed(run, ofUtility, month);
    missing += ofUtility.length - lines.length;
    all.push(...lines);
  }
  say(['', ...tableOf(all), '', ...differencesOf(all)].join('\n'));
  const count = countOf(all);
  say(
    `\n${all.length} lines of ${meters.length} meters, each with opening, closing and use: ${count.equal} equal, ${count.near} within the ` +
      `time of the reading, ${count.explained} explained by the meter, ${count.unexplained} not explained; ${missing} meters without a line`,
  );
  return count.unexplained + missing === 0;
}

async function refereed(
  { xlsx }: Run & { xlsx: string },
  meters: readonly SimulatedMeter[],
  { simulators, rates }: Month,
): Promise<Refereed[]> {
  const byId = new Map(meters.map((meter) => [meter.id, meter]));
  const lines: Refereed[] = [];
  for (const line of readWorkbook(xlsx)) {
    const meter = byId.get(line.meter);
    if (!meter) throw new Error(`${xlsx} bills ${line.meter}, which is no meter of these homes`);
    lines.push(await referee(line, meter, simulators, Math.ceil(DOUBT_S * rates.atCuts)));
  }
  return lines;
}

/** The clerk goes and looks: the value is right where the dial showed it at that time. */
async function dialShows({ simulators, meters, rates }: Month, { meter, value, at }: Suspect): Promise<boolean> {
  const local = new Date(Date.parse(at) + ZONE_MS).toISOString().slice(0, 19);
  const doubt = Math.ceil(DOUBT_S * rates.between);
  const obis = OBIS[meters.find(({ id }) => id === meter)?.utility ?? ''] ?? '';
  const { local: now } = await simulators.time();
  const shown: number[] = [];
  for (const s of [-doubt, 0, doubt]) {
    const moment = shifted(local, s);
    const dial = await simulators.dial(meter, moment < now ? moment : now);
    shown.push(Number(dial[obis]));
  }
  return Number(value) >= Math.min(...shown) && Number(value) <= Math.max(...shown);
}

function suspectWords(doubted: readonly Suspect[], meters: readonly SimulatedMeter[]): string {
  const troubles = new Map(meters.map(({ id, trouble }) => [id, trouble]));
  const byMeter = Map.groupBy(doubted, ({ meter }) => meter);
  const words = [...byMeter].map(
    ([meter, all]) => `${meter} (${troubles.get(meter) ?? 'nothing wrong'}): ${all.length}`,
  );
  return words.length === 0 ? 'no meter' : `${words.length} meters: ${words.slice(0, 40).join(', ')}`;
}
