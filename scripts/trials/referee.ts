/** Holds every line of a bill against the simulators' own dials. */
import { judgeBoundary, judgeConsumption, type DialAround, type Verdict } from './judge.ts';
import { shifted } from './local-time.ts';
import type { Dial, SimulatedMeter, Simulators } from './simulators.ts';
import type { SheetBoundary, SheetLine } from './workbook.ts';

export interface Refereed {
  readonly meter: SimulatedMeter;
  readonly line: SheetLine;
  readonly dials: { readonly opening: DialAround | null; readonly closing: DialAround | null };
  readonly verdicts: { readonly opening: Verdict; readonly closing: Verdict; readonly consumption: Verdict };
}

const FROZEN = '冻结';
/** A meter's clock is shown to the second. */
const CLOCK_S = 1;

/** `doubtS`: by how many seconds of the homes the time of a reading over the wire is not sure. */
export async function referee(
  line: SheetLine,
  meter: SimulatedMeter,
  simulators: Simulators,
  doubtS: number,
): Promise<Refereed> {
  const around = async (boundary: SheetBoundary): Promise<Sight | null> =>
    boundary.value === '' ? null : look(simulators, meter.id, boundary, line.obis, doubtS);
  const [opening, closing] = [await around(line.opening), await around(line.closing)];
  const { trouble } = meter;
  const used = opening && closing && closing.passed.exact - opening.passed.exact;
  const sure = opening && closing ? opening.passed.doubt + closing.passed.doubt + STEP : STEP;
  return {
    ...{ meter, line },
    dials: { opening: opening?.dial ?? null, closing: closing?.dial ?? null },
    verdicts: {
      opening: judgeBoundary(line.opening, trouble, opening?.dial ?? null),
      closing: judgeBoundary(line.closing, trouble, closing?.dial ?? null),
      consumption: judgeConsumption(line, trouble, used, sure),
    },
  };
}

/** Two dials of two decimals. */
const STEP = 0.02;

interface Sight {
  readonly dial: DialAround;
  readonly passed: { readonly exact: number; readonly doubt: number };
}

/** A meter freezes by its own clock: what it kept of midnight it showed when that showed midnight. */
async function look(
  { dial }: Simulators,
  meter: string,
  { at, source }: SheetBoundary,
  obis: string,
  doubtS: number,
): Promise<Sight> {
  const isFrozen = source.startsWith(FROZEN);
  const moment = isFrozen ? shifted(at, -aheadS(await dial(meter, at), at)) : at;
  const doubt = isFrozen ? CLOCK_S : doubtS;
  const [before, exact, after] = [
    await dial(meter, shifted(moment, -doubt)),
    await dial(meter, moment),
    await dial(meter, shifted(moment, doubt)),
  ];
  const shown = (of: Dial): string => String(of[obis]);
  const passed = (of: Dial): number => Number(of['passed']);
  return {
    dial: { exact: shown(exact), least: shown(before), most: shown(after) },
    passed: { exact: passed(exact), doubt: passed(after) - passed(before) },
  };
}

/** By how much its own clock is ahead, in seconds; one without a clock to look at is right. */
function aheadS(dial: Dial, at: string): number {
  if (dial['clock'] === undefined) return 0;
  return (Date.parse(`${String(dial['clock'])}Z`) - Date.parse(`${at}Z`)) / 1_000;
}
