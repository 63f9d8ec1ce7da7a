/** One polled device: what it last reported, how it is, and what a poll of it amounts to. */
import type { Block, PollResult, Profile, Reading, Session } from '../../drivers/contract.ts';
import type { DriverError } from '../../drivers/errors.ts';
import type { Bus } from '../bus/bus.ts';
import { addressOf } from '../config/open-session.ts';
import type { BusConfig, DeviceConfig } from '../config/schema.ts';
import type { DeviceStateName, Observation } from '../store/rows.ts';
import { mediumOf } from '../config/wire-time.ts';
import type { Look } from './advice.ts';
import {
  afterPoll,
  judge,
  UNKNOWN,
  withBlocks,
  type Health,
  type Judgement,
  type Surroundings,
} from './device-state.ts';
import { DoubtfulBlocks } from './doubtful-blocks.ts';
import { toKeep } from './learned.ts';
import { pulseOf, report, type Baselines, type LatchState, type Pulse, type Reported } from './normalise.ts';
import { sharedBlocks } from './shared-blocks.ts';

export interface DeviceSetup {
  readonly config: DeviceConfig;
  readonly profile: Profile;
  readonly session: Session;
  readonly bus: Bus;
  readonly busConfig: BusConfig;
  /** Poll periods of the device's classes, in milliseconds. */
  readonly periods: Readonly<Record<Block['poll'], number>>;
  /** From the store. */
  readonly baselines: Baselines;
}

export interface DeviceTask extends Omit<DeviceSetup, 'config'> {
  /** As it is now: what a session is not made from may change while it is polled. */
  config: DeviceConfig;
  readonly reported: Reported;
  blocks: Map<string, Block>;
  health: Health;
  state: { name: DeviceStateName; cause: string; look: Look; reason: string; since: number };
  /** Whether anything of it has been read since it was last lost, or since the start. */
  heard: boolean;
  /** Counters and latches that have not been read since: what they have counted meanwhile, nobody saw happen. */
  readonly unseen: Set<string>;
  /** Of those that have ever been found set. */
  readonly latches: Map<string, LatchState>;
  /** Points that the device had no value for when it last answered. */
  readonly valueless: Set<string>;
  /** Whether the device has been set up since the last connection. */
  prepared: boolean;
  preparing: Promise<void> | undefined;
  /** What the device refused to have set up, in words. */
  setupTrouble: string | null;
  /** When it is set up again if it has refused something, and how long after the last time. Monotonic milliseconds. */
  setUpAgain: { at: number; pauseMs: number };
  readonly doubtful: DoubtfulBlocks;
  removed: boolean;
}

/** What one poll amounts to: everything that was seen, and what of it is to be stored. */
export interface Seen {
  readonly device: string;
  readonly seen: readonly Reading[];
  readonly pulses: readonly Pulse[];
  readonly observation: Observation;
  /** Set when the device's state has changed by it. */
  readonly state?: DeviceStateName;
}

export function createTask(setup: DeviceSetup, now: number): DeviceTask {
  const blocks = sharedBlocks(setup.profile, setup.session.plan());
  const { enabled } = setup.config;
  return {
    ...setup,
    blocks,
    reported: new Map(),
    health: UNKNOWN,
    state: {
      name: enabled ? 'unknown' : 'disabled',
      ...{ cause: '', look: null },
      reason: enabled ? 'not asked yet' : 'switched off in the configuration',
      since: now,
    },
    heard: false,
    unseen: new Set(channelPoints(blocks.values())),
    latches: new Map(),
    valueless: new Set(),
    prepared: false,
    preparing: undefined,
    ...{ setupTrouble: null, setUpAgain: { at: 0, pauseMs: 0 } },
    doubtful: new DoubtfulBlocks(),
    removed: false,
  };
}

const SETTINGS_LOST = {
  zh: '设备丢失了设置（可能重启过），正在重新设置；其间的短脉冲可能漏计',
  en: 'it has forgotten its settings, as after a restart, and is set up again; short pulses since then may be lost',
};

/** A good poll: what is new of it. */
export function seenWell(
  task: DeviceTask,
  block: Block,
  result: PollResult,
  archiveEveryMs: number,
): Omit<Seen, 'state'> {
  task.heard = true;
  if (result.settingsLost) task.prepared = false;
  const points = new Map(block.points.map((point) => [point.key, point]));
  const wasClosed = (channel: number): boolean => isClosed(task, channel);
  const readings = [];
  const pulses: Pulse[] = [];
  for (const reading of result.readings) {
    const point = points.get(reading.point);
    if (!point) continue;
    if (reading.quality === 'bad') task.valueless.add(point.key);
    else task.valueless.delete(point.key);
    const wasUnseen = task.unseen.delete(point.key);
    const pulse = pulseOf(task.baselines, point, reading, wasUnseen, wasClosed);
    if (pulse) pulses.push(pulse);
    const reported = report(task.reported, point, reading, archiveEveryMs);
    if (reported) readings.push(reported);
  }
  const device = task.config.id;
  const at = result.readings[0]?.at ?? 0;
  // A water meter's pulses are its reading, and a lift's doors open all day; a contact that raises alarms has events.
  const contacts = new Set(task.config.inputs.flatMap(({ alarm, channel }) => (alarm === undefined ? [] : channel)));
  const counted = pulses
    .filter(({ channel }) => contacts.has(channel))
    .map(({ channel, point, count, afterOutage: late }) => ({
      domain: 'input',
      type: 'pulse',
      source: device,
      at,
      data: { channel, point, count, afterOutage: late },
    }));
  const lost = { domain: 'device', type: 'settingsLost', source: device, at, data: SETTINGS_LOST };
  const events = result.settingsLost ? [lost, ...counted] : counted;
  return {
    device,
    seen: result.readings,
    pulses,
    observation: {
      device,
      readings,
      ...(events.length > 0 && { events }),
      ...(result.learned && { knowledge: toKeep(task.config, result.learned) }),
    },
  };
}

/** When it could last be read. */
function isClosed({ profile, baselines }: DeviceTask, of: number): boolean {
  return profile.points.some(
    ({ key, channel, role }) => role === 'level' && channel === of && baselines.get(key) === 1,
  );
}

/** A poll that failed: its points are unknown for now. Their last values stand until the block or the device is given up. */
export function seenFailed({ config }: DeviceTask, block: Block, reason: string, at: number): Omit<Seen, 'state'> {
  const seen = unknown([block], reason, at);
  return { device: config.id, seen, pulses: [], observation: { device: config.id } };
}

/** Blocks that are given up: none of their points has a value any more. */
export function seenLost(
  task: DeviceTask,
  lost: Iterable<Block>,
  reason: string,
  at: number,
  archiveEveryMs: number,
): Omit<Seen, 'state'> {
  const blocks = [...lost];
  const seen = unknown(blocks, reason, at);
  const points = new Map(blocks.flatMap((block) => block.points.map((point) => [point.key, point] as const)));
  const readings = seen.flatMap((reading) => {
    const point = points.get(reading.point);
    return (point && report(task.reported, point, reading, archiveEveryMs)) ?? [];
  });
  for (const key of channelPoints(blocks)) task.unseen.add(key);
  return { device: task.config.id, seen, pulses: [], observation: { device: task.config.id, readings } };
}

/** For what is told of a device without a poll. */
export function seenNothing({ config }: DeviceTask): Omit<Seen, 'state'> {
  return { device: config.id, seen: [], pulses: [], observation: { device: config.id } };
}

/** With the state that the device has come to, to be told and stored. */
export function withState(seen: Omit<Seen, 'state'>, row: NonNullable<Observation['deviceState']>): Seen {
  return { ...seen, state: row.state, observation: { ...seen.observation, deviceState: row } };
}

function channelPoints(blocks: Iterable<Block>): string[] {
  return [...blocks].flatMap(({ points }) =>
    points.flatMap(({ key, channel }) => (channel === undefined ? [] : [key])),
  );
}

function unknown(blocks: readonly Block[], reason: string, at: number): Reading[] {
  return blocks.flatMap(({ points }) =>
    points.map(({ key }) => ({ point: key, value: null, quality: 'bad' as const, reason, at })),
  );
}

/** The driver's new plan. What failed and is asked for differently now has not failed yet. */
export function replan(task: DeviceTask): { readonly added: readonly Block[]; readonly dropped: readonly string[] } {
  const next = sharedBlocks(task.profile, task.session.plan());
  const added = [...next.values()].filter(({ id }) => !task.blocks.has(id));
  const dropped = [...task.blocks.keys()].filter((id) => !next.has(id));
  task.blocks = next;
  task.health = withBlocks(task.health, next);
  return { added, dropped };
}

/** Takes the result of a poll into the device's health. An exchange that was not sent says nothing of it. */
export function noteResult(task: DeviceTask, block: string, error: DriverError | null, at: number): void {
  if (error?.code === 'unsent' || error?.code === 'closed') return;
  const failure = error && { code: error.code, message: error.message, advice: error.advice };
  task.health = afterPoll(task.health, block, failure, at);
}

/** How the device is now, with the state row to store when that has changed. */
export function judgeTask(
  task: DeviceTask,
  neighbours: Surroundings['neighbours'],
  now: number,
): (Judgement & { readonly row: NonNullable<Observation['deviceState']> }) | null {
  const { repeats, lateMs } = task.bus.known(task.config.id);
  const judgement = judge(task.health, {
    enabled: task.config.enabled,
    busTrouble: task.bus.reason,
    setupTrouble: task.setupTrouble,
    unheard: unheardAlarms(task),
    failures: task.busConfig.breaker.failures,
    repeats,
    lateMs,
    replyTimeoutMs: task.config.replyTimeoutMs ?? task.busConfig.replyTimeoutMs,
    neighbours,
    address: addressOf(task.config),
    medium: mediumOf(task.busConfig),
    blocks: task.blocks.size,
  });
  // A bus that is open again does not mean that the device is there: it stays lost until one of its blocks was read.
  if (!task.heard && (judgement.state === 'online' || judgement.state === 'degraded')) return null;
  if (!isNews(task.state, judgement)) return null;
  const { state, cause, look, reason } = judgement;
  const since = state === task.state.name ? task.state.since : now;
  task.state = { name: state, cause, look, reason, since };
  return {
    ...judgement,
    row: { state, reason, since, lastGood: task.health.lastGood },
  };
}

/** Sources of its inputs' alarms whose contacts it answers without a value: another model may have taken its place. */
function unheardAlarms({ config, profile, valueless }: DeviceTask): string[] {
  if (valueless.size === 0) return [];
  const levels = profile.points.filter(({ key, role }) => role === 'level' && valueless.has(key));
  const channels = new Set(levels.map(({ channel }) => channel));
  const unheard = config.inputs.filter(({ alarm, channel }) => alarm !== undefined && channels.has(channel));
  return [...new Set(unheard.map(({ source }) => source))];
}

/**
 * While a device stays as it is for one cause its reason may age: each probe would write a row that says little new. But whoever
 * goes to look must not be sent to the wrong place: a bus that was unplugged may be there again, and not be ours to open.
 */
function isNews(before: DeviceTask['state'], { state, cause, look, reason }: Judgement): boolean {
  if (state !== before.name || cause !== before.cause) return true;
  return cause === 'bus' ? reason !== before.reason : look !== null && look !== before.look;
}

/** The block that reads a point; undefined where none does. */
export function blockOf({ blocks }: DeviceTask, point: string): Block | undefined {
  return [...blocks.values()].find(({ points }) => points.some(({ key }) => key === point));
}
