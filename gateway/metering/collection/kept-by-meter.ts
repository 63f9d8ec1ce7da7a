/** Values that a meter has frozen: they close periods, and fill what an outage left open. */
import type { Frozen, Reading } from '../../../drivers/contract.ts';
import type { NewMeterReading } from '../../store/rows.ts';
import type { Store } from '../../store/store.ts';
import type { DoubtedLine } from '../rules/doubt.ts';
import { frozenWanted, NEAR, type Wanted } from '../rules/frozen-wanted.ts';
import { fillFrom } from '../rules/gap-filling.ts';
import type { Cut } from '../rules/period.ts';
import { instantOf } from '../rules/zone.ts';
import { dialOf } from './dial.ts';
import { told } from './polled.ts';
import type { PlacedRegister } from './registers.ts';

export interface FrozenSurroundings {
  readonly readings: Pick<Store['meterReadings'], 'list' | 'lastGood' | 'nextGood'>;
  /** What is in doubt of the meter since its last good value. */
  readonly lines: readonly DoubtedLine[];
  readonly cut: Cut;
  /** By so many milliseconds a meter's clock may be off without anybody being told. */
  readonly clockSlackMs: number;
  /** Unix milliseconds. */
  readonly now: number;
}

/** A reading a second is more than any meter gives. */
const MOST_NEAR = (2 * NEAR) / 1_000;

/** The row that it makes; null where it is not wanted, or not of the time that it would have to be of. */
export function frozenSeen(
  placed: PlacedRegister,
  frozen: Frozen,
  reading: Reading,
  { readings, lines, cut, clockSlackMs, now }: FrozenSurroundings,
): NewMeterReading | null {
  const { meter } = placed;
  const installedAt = instantOf(meter.installedAt, cut.zone);
  // What is missing since the meter was put up is filled, however it came to be missing.
  const facts = { offered: [frozen], installedAt, lastAnswer: installedAt, now };
  const stored = ({ at }: Wanted) =>
    readings.list({ meter: meter.number, from: at - NEAR, to: at + NEAR + 1, limit: MOST_NEAR });
  const [wanted] = frozenWanted({ ...facts, readings: [] }, cut).filter(
    (one) => frozenWanted({ ...facts, readings: stored(one) }, cut).length > 0,
  );
  // Most of what a meter keeps is stored long since.
  if (!wanted) return null;
  const dial = dialOf(placed, reading);
  if (!dial.ok) return null;
  // Of a reading that is nearer nobody knows on which side of the meter's own midnight it was.
  const neighbours = {
    before: readings.lastGood(meter.number, wanted.at - clockSlackMs) ?? { value: meter.initial, at: installedAt },
    lines,
    after: readings.nextGood(meter.number, wanted.at + clockSlackMs) ?? null,
  };
  const filling = fillFrom(meter, wanted, { value: dial.value, meterTime: reading.meterTime ?? null }, neighbours);
  if (filling.kind === 'ignore') return null;
  // A meter gives what it kept as often as it is asked: what a person has rejected is not put before him again.
  const { value, at } = filling.reading;
  const isRejected = stored(wanted).some((row) => {
    return row.standing === 'rejected' && row.quality === 'frozen' && row.at === at && row.value === value;
  });
  if (isRejected) return null;
  const notes = filling.doubt === null ? [] : [told(filling.doubt)];
  return { ...filling.reading, meter: meter.number, occasion: null, notes };
}
