/**
 * A latch shows that there has been an edge since it was cleared. One that is found set is cleared once that is on the disk,
 * and not before; again, if the clearing was lost; and once, however often it was read meanwhile: each clearing takes with it
 * whatever came since.
 */
import type { Block, Reading } from '../../drivers/contract.ts';
import { DriverError, type DriverErrorCode } from '../../drivers/errors.ts';
import type { DeviceTask, Seen } from './device-task.ts';
import type { LatchState, ReportedReading } from './normalise.ts';

type Sighting = Omit<Seen, 'state'>;

/** What was seen, with what clears its latches once it is stored. `clear` rejects with DriverError. */
export function clearingLatches(
  task: DeviceTask,
  block: Block,
  seen: Sighting,
  clear: (point: string) => Promise<unknown>,
): Sighting {
  const set = setLatches(task, block, seen.seen);
  if (set.length === 0) return seen;
  const clearings = set.map(({ point }) => ({ point, begun: stateOf(task, point).begun }));
  const stored = (): void => {
    for (const { point, begun } of clearings) void clearOnce(task, point, begun, clear);
  };
  // Something has to be stored for `stored` to be called: the latches themselves.
  const told = new Set(seen.observation.readings?.map(({ point }) => point));
  const again = set.filter(({ point }) => !told.has(point)).map((reading) => asReported(reading));
  const readings = [...(seen.observation.readings ?? []), ...again];
  return { ...seen, observation: { ...seen.observation, readings, stored } };
}

/** Those that are to be cleared; what is being cleared already is looked at again at the next poll. */
function setLatches(task: DeviceTask, block: Block, seen: readonly Reading[]): Reading[] {
  const clearable = new Set(task.profile.commands.map(({ action }) => action));
  const latches = new Set(
    block.points.filter(({ key, role }) => role === 'latch' && clearable.has(key)).map(({ key }) => key),
  );
  return seen.filter(({ point, value }) => {
    if (!latches.has(point)) return false;
    const state = stateOf(task, point);
    if (value === false) state.doubtful = false;
    return value === true && !state.underWay;
  });
}

/** `begun`: clearings before the latch was read. */
async function clearOnce(
  task: DeviceTask,
  point: string,
  begun: number,
  clear: (point: string) => Promise<unknown>,
): Promise<void> {
  const state = stateOf(task, point);
  // What it shows by now may be another edge, which nobody has seen yet.
  if (state.begun !== begun || task.removed) return;
  state.begun += 1;
  state.underWay = true;
  try {
    await clear(point);
    state.doubtful = false;
    task.baselines.set(point, 0);
  } catch (error) {
    if (!(error instanceof DriverError)) throw error;
    if (mayHaveCleared(error.code)) doubt(task, point, state);
  } finally {
    state.underWay = false;
  }
}

/**
 * If it is found set again it may be the edge that was told already, or another one that came after the clearing. It is told
 * once more, as one of which nobody knows when it was; and only once, where a module does not clear its latch at all.
 */
function doubt(task: DeviceTask, point: string, state: LatchState): void {
  if (state.doubtful) return;
  state.doubtful = true;
  task.baselines.set(point, 0);
  task.unseen.add(point);
}

function mayHaveCleared(code: DriverErrorCode): boolean {
  return code !== 'unsent' && code !== 'refused' && code !== 'unsupported' && code !== 'config';
}

function stateOf({ latches }: DeviceTask, point: string): LatchState {
  let state = latches.get(point);
  if (!state) {
    state = { begun: 0, underWay: false, doubtful: false };
    latches.set(point, state);
  }
  return state;
}

function asReported({ point, value, quality, at }: Reading): ReportedReading {
  return { point, value, unit: null, quality, reason: null, at, archive: false };
}
