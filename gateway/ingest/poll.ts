/** Polls every device by its schedule: one timer, at most one outstanding poll of a block, failures turned into states. */
import type { Block, PollResult, Reading } from '../../drivers/contract.ts';
import { DriverError } from '../../drivers/errors.ts';
import { createLink } from '../bus/link.ts';
import type { Bus } from '../bus/bus.ts';
import type { Clock } from '../clock.ts';
import {
  blockOf,
  createTask,
  judgeTask,
  noteResult,
  replan,
  seenFailed,
  seenLost,
  seenNothing,
  seenWell,
  withState,
  type DeviceSetup,
  type DeviceTask,
  type Seen,
} from './device-task.ts';
import { MAYBE_COPY } from './advice.ts';
import { ask, usualPriority } from './ask.ts';
import { afterOutage, nextProbe } from './device-state.ts';
import { clearingLatches } from './latches.ts';
import { neighboursOf, othersOnBus } from './neighbours.ts';
import { Schedule, type ScheduleEntry } from './schedule.ts';
import { tellAgain } from './tell-again.ts';
import { TurnTaking, type GiveWay } from './turn-taking.ts';

export interface PollerOptions {
  readonly clock: Clock;
  readonly archiveEveryMs: number;
  /** Takes what a poll saw into the alarms and the store. */
  readonly observe: (seen: Seen) => void;
}

interface Due extends ScheduleEntry {
  readonly task: DeviceTask;
  /** Its id: what is asked for under it may change with what the driver learns. */
  readonly block: string;
}

/** The first look at everything is spread over this long. */
const FIRST_LOOK_MS = 1_000;

export class Poller {
  readonly #options: PollerOptions;
  readonly #schedule = new Schedule<Due>();
  readonly #tasks = new Map<string, DeviceTask>();
  readonly #turns = new TurnTaking();
  #timer: NodeJS.Timeout | undefined;
  #skipped = 0;
  #toldAgain = 0;
  #stopped = false;

  constructor(options: PollerOptions) {
    this.#options = options;
  }

  /** Polls that were due while the last one of the same block was still outstanding. */
  get skippedPolls(): number {
    return this.#skipped;
  }

  /** Polls that are due and wait until others of this bus are over. */
  waiting(bus: Bus): number {
    return this.#turns.waiting(bus);
  }

  task(device: string): DeviceTask | undefined {
    return this.#tasks.get(device);
  }

  add(setup: DeviceSetup): void {
    this.remove(setup.config.id);
    const task = createTask(setup, this.#options.clock.now());
    this.#tasks.set(setup.config.id, task);
    if (setup.config.enabled) for (const block of task.blocks.values()) this.#schedulePoll(task, block);
    this.#publishState(task);
    this.#arm();
  }

  /** Takes the configuration of a device that goes on as it is: its names and its inputs may have changed. */
  describe(config: DeviceSetup['config']): void {
    const task = this.#tasks.get(config.id);
    if (task) task.config = config;
  }

  /** Asks for a point once more, as soon as its line is free. */
  readAgain(device: string, point: string): void {
    const task = this.#tasks.get(device);
    const block = task && blockOf(task, point);
    if (!block) return;
    this.#schedule.hasten(`${device}/${block.id}`, this.#options.clock.monotonic());
    this.#arm();
  }

  /**
   * Asks for a point as a command is sent: before all that waits for its line, and whether or not the device has answered lately.
   * What it says is seen as any poll is. Undefined where nothing reads the point, or it has changed its place.
   */
  async readNow(device: string, point: string): Promise<Reading | DriverError | undefined> {
    const task = this.#tasks.get(device);
    const block = task && blockOf(task, point);
    if (!block) return undefined;
    if (!task.config.enabled) return new DriverError('unsent', task.state.reason);
    const outcome = await ask(task, block, { doubtful: false, priority: 'command' }, this.#options.clock);
    this.#concluded(task, block, outcome);
    return outcome instanceof DriverError ? outcome : outcome.readings.find((reading) => reading.point === point);
  }

  /** A poll that is outstanding comes to nothing. */
  remove(device: string): void {
    const task = this.#tasks.get(device);
    if (!task) return;
    task.removed = true;
    this.#tasks.delete(device);
    for (const id of task.blocks.keys()) this.#schedule.remove(`${device}/${id}`);
  }

  /** To be called when a bus has opened or been lost: its devices are judged anew and set up again before they are asked. */
  busChanged(bus: string): void {
    if (this.#stopped) return;
    for (const task of this.#tasks.values()) {
      if (task.bus.id !== bus) continue;
      task.prepared = false;
      if (task.bus.reason !== null) task.health = afterOutage(task.health);
      this.#judge(task);
    }
  }

  /** To be called when a device is found out that answers more often than it is asked: what was read of it may be copies. */
  distrust(device: string): void {
    const task = this.#tasks.get(device);
    if (!task || this.#stopped) return;
    const { clock, archiveEveryMs } = this.#options;
    const read = [...task.blocks.values()].filter(({ id }) => task.health.answered.has(id));
    this.#observe(task, seenLost(task, read, MAYBE_COPY, clock.now(), archiveEveryMs));
    this.#judge(task);
    for (const { id } of read) this.#schedule.hasten(`${device}/${id}`, clock.monotonic());
    this.#arm();
  }

  /** Tells everything anew that was told while the store could not keep it. `settled`: whether it has what was told since. */
  reportAgain(settled: () => Promise<boolean>): Promise<void> {
    const call = (this.#toldAgain += 1);
    const isOver = (): boolean => call !== this.#toldAgain || this.#stopped;
    return tellAgain([...this.#tasks.values()], { giveUp: (id) => this.giveUp(id), settled, isOver });
  }

  /** Tells that nothing of a device is known any more. */
  giveUp(device: string): void {
    const task = this.#tasks.get(device);
    if (task) this.#observe(task, this.#lose(task, task.state.reason));
  }

  /** Tells how every device is. Nothing of it is stored again. */
  tellStates(): void {
    for (const task of this.#tasks.values()) this.#observe(task, { ...seenNothing(task), state: task.state.name });
  }

  stop(): void {
    this.#stopped = true;
    this.#turns.stop();
    clearTimeout(this.#timer);
  }

  #schedulePoll(task: DeviceTask, block: Block): void {
    const periodMs = task.periods[block.poll];
    const due: Due = { key: `${task.config.id}/${block.id}`, periodMs, task, block: block.id };
    // What is wanted once a day waits for what is wanted all the time.
    this.#schedule.add(due, this.#options.clock.monotonic(), Math.max(FIRST_LOOK_MS, periodMs / 100));
  }

  #arm(): void {
    clearTimeout(this.#timer);
    const due = this.#schedule.nextDue();
    if (due === null || this.#stopped) return;
    this.#timer = setTimeout(() => this.#runDue(), Math.max(0, due - this.#options.clock.monotonic()));
  }

  #runDue(): void {
    const now = this.#options.clock.monotonic();
    for (let due = this.#schedule.takeDue(now); due !== null; due = this.#schedule.takeDue(now)) {
      const block = due.task.blocks.get(due.block);
      // What is an alarm waits for the exchange that is under way, and for nothing else.
      if (block?.poll === 'alarm') void this.#pollOnce(due, block);
      else if (block) this.#wait(due, block);
    }
    this.#arm();
  }

  #wait(due: Due, { poll }: Block): void {
    const { bus, config } = due.task;
    const isSilent = (): boolean => bus.known(config.id).standing === 'silent';
    const place = { wanted: poll === 'rare' ? 'rare' : 'frequent', isSilent: isSilent() } as const;
    this.#turns.wait(bus, place, async (giveWay) => {
      // Another block of it may have met silence meanwhile.
      if (!place.isSilent && isSilent()) await giveWay();
      const block = due.task.blocks.get(due.block);
      if (block && !due.task.removed) await this.#pollOnce(due, block, giveWay);
    });
  }

  async #pollOnce({ key, task }: Due, block: Block, giveWay?: GiveWay): Promise<void> {
    const outcome = await this.#attempt(task, block, giveWay);
    if (task.removed || this.#stopped) return;
    const now = this.#options.clock.monotonic();
    this.#skipped += this.#schedule.finished(key, now, outcome instanceof DriverError);
    this.#concluded(task, block, outcome);
    this.#arm();
  }

  #concluded(task: DeviceTask, block: Block, outcome: PollResult | DriverError): void {
    if (task.removed || this.#stopped) return;
    // A block that has left the plan while it was asked for says nothing by failing.
    if (outcome instanceof DriverError) {
      if (task.blocks.has(block.id)) this.#failed(task, block, outcome);
    } else this.#succeeded(task, block, outcome);
  }

  /** Asks, unless another block has to be asked first. */
  async #attempt(task: DeviceTask, block: Block, giveWay?: GiveWay): Promise<PollResult | DriverError> {
    const now = this.#options.clock.monotonic();
    const probe = nextProbe(task.health, task.blocks, task.busConfig.breaker.failures);
    if (probe !== null && probe !== block.id) {
      this.#schedule.hasten(`${task.config.id}/${probe}`, now);
      return new DriverError('unsent', 'another block is asked first whether the device is there');
    }
    const isDoubtful = probe === null && task.doubtful.has(block.id);
    if (isDoubtful && !task.doubtful.admit(block.id, now)) return new DriverError('unsent', 'this block rests');
    const asking = { doubtful: isDoubtful, priority: usualPriority(block), giveWay };
    return ask(task, block, asking, this.#options.clock);
  }

  #succeeded(task: DeviceTask, block: Block, result: PollResult): void {
    const { clock, archiveEveryMs } = this.#options;
    noteResult(task, block.id, null, clock.now());
    task.doubtful.answered(block.id);
    const seen = seenWell(task, block, result, archiveEveryMs);
    const clearing = clearingLatches(task, block, seen, (point) => this.#clearLatch(task, point));
    this.#observe(task, this.#withState(task, clearing));
    if (result.learned) this.#replan(task);
  }

  #failed(task: DeviceTask, block: Block, error: DriverError): void {
    const { clock, archiveEveryMs } = this.#options;
    const at = clock.now();
    noteResult(task, block.id, error, at);
    const failure = task.health.failing.get(block.id);
    // Held back by the breaker or the bus: what is known of the device says more than this poll.
    if (failure?.message !== error.message) return this.#judge(task);
    const givenUp = failure.times >= task.busConfig.breaker.failures;
    this.#observe(
      task,
      givenUp ? seenLost(task, [block], error.message, at, archiveEveryMs) : seenFailed(task, block, error.message, at),
    );
    this.#judge(task);
    if (failure.counts || task.state.name === 'offline') task.doubtful.clear();
    else if (error.retryable) task.doubtful.failed(block.id, task.busConfig.breaker, clock.monotonic());
  }

  #clearLatch(task: DeviceTask, point: string): Promise<unknown> {
    const link = createLink(task.bus, task.busConfig, task.config, this.#options.clock, { priority: 'alarm' });
    return task.session.execute({ action: point, value: false }, link);
  }

  #withState(task: DeviceTask, seen: Omit<Seen, 'state'>): Seen {
    const judged = judgeTask(task, () => neighboursOf(task, this.#tasks.values()), this.#options.clock.now());
    return judged ? withState(seen, judged.row) : seen;
  }

  /** Stores and tells a state that changed without a good poll. */
  #judge(task: DeviceTask): void {
    const { name: before, cause } = task.state;
    const judged = judgeTask(task, () => neighboursOf(task, this.#tasks.values()), this.#options.clock.now());
    if (!judged) return;
    // Why its bus is away may change with each attempt; what it had read is lost once.
    const isLost = judged.state === 'offline' && !(cause === 'bus' && judged.cause === 'bus');
    const lost = isLost ? this.#lose(task, judged.reason) : seenNothing(task);
    this.#observe(task, withState(lost, judged.row));
    if (judged.state !== 'offline' || before === 'offline') return;
    // Where to look for those that failed before depends on whether this one answers.
    for (const other of othersOnBus(task, this.#tasks.values())) if (other.state.name === 'offline') this.#judge(other);
  }

  #lose(task: DeviceTask, reason: string): Omit<Seen, 'state'> {
    task.prepared = false;
    task.heard = false;
    const { clock, archiveEveryMs } = this.#options;
    return seenLost(task, task.blocks.values(), reason, clock.now(), archiveEveryMs);
  }

  #publishState(task: DeviceTask): void {
    const { name, reason, since } = task.state;
    this.#observe(task, withState(seenNothing(task), { state: name, reason, since, lastGood: null }));
  }

  #observe(task: DeviceTask, seen: Seen): void {
    if (!task.removed) this.#options.observe(seen);
  }

  /** The driver has learned something: its blocks may have changed. Those that are the same keep their schedule. */
  #replan(task: DeviceTask): void {
    const { added, dropped } = replan(task);
    for (const id of dropped) this.#schedule.remove(`${task.config.id}/${id}`);
    for (const block of added) this.#schedulePoll(task, block);
    this.#arm();
  }
}
