/** Asks a device for one of its blocks, after it has been set up, and again as often as its bus allows when that may help. */
import type { Block, Link, PollResult, Priority } from '../../drivers/contract.ts';
import { DriverError } from '../../drivers/errors.ts';
import { createLink } from '../bus/link.ts';
import type { Clock } from '../clock.ts';
import type { DeviceTask } from './device-task.ts';
import type { GiveWay } from './turn-taking.ts';

export interface Asking {
  /** It failed lately while others were answered: it is asked for once, and does not count against its device. */
  readonly doubtful: boolean;
  readonly priority: Priority;
  /** After a timeout it lets others go first, where this is given. */
  readonly giveWay?: GiveWay | undefined;
}

/** The priority that a block has by its poll class. */
export function usualPriority({ poll }: Pick<Block, 'poll'>): Priority {
  return poll === 'alarm' ? 'alarm' : 'ordinary';
}

export async function ask(
  task: DeviceTask,
  block: Block,
  { doubtful, priority, giveWay }: Asking,
  clock: Clock,
): Promise<PollResult | DriverError> {
  const link = createLink(task.bus, task.busConfig, task.config, clock, { priority, doubtful });
  const retries = doubtful ? 0 : task.busConfig.retries;
  let failure: DriverError | undefined;
  for (let attempt = 0; ; attempt++) {
    try {
      await prepare(task, link, clock);
      return await task.session.poll(block, link);
    } catch (error) {
      if (!(error instanceof DriverError)) throw error;
      // A second attempt that was held back does not hide what the first one met.
      if (failure && !error.retryable) return failure;
      failure = error;
      if (!error.retryable || attempt >= retries) return error;
      if (task.bus.known(task.config.id).standing === 'resting') return error;
      if (error.code === 'timeout') await giveWay?.();
      if (task.removed) return error;
    }
  }
}

/** The longest that one which refuses to be set up is left as it is. */
const LONGEST_PAUSE_MS = 3_600_000;

/**
 * Once per connection, and once however many blocks wait for it. A device that refuses something may be booting: it is set up again,
 * soon and then more and more seldom.
 */
async function prepare(task: DeviceTask, link: Link, clock: Clock): Promise<void> {
  const isDueAgain = task.setupTrouble !== null && clock.monotonic() >= task.setUpAgain.at;
  if (task.prepared && !isDueAgain) return;
  task.preparing ??= setUp(task, link, clock).finally(() => {
    task.preparing = undefined;
  });
  await task.preparing;
}

async function setUp(task: DeviceTask, link: Link, clock: Clock): Promise<void> {
  const { prepared, periods, setUpAgain } = task;
  const pauseMs = prepared ? Math.min(2 * setUpAgain.pauseMs, LONGEST_PAUSE_MS) : periods.normal;
  task.setUpAgain = { at: clock.monotonic() + pauseMs, pauseMs };
  const refused = await task.session.prepare(link);
  task.setupTrouble = refused.length > 0 ? refused.join('; ') : null;
  task.prepared = true;
}
