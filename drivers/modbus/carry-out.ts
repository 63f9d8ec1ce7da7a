/** Commands: named actions and writable points, each proved by what is read afterwards and never by the echo of the write. */
import type { CommandOutcome, DriverCommand, Link, Reading, Value } from '../contract.ts';
import { DriverError } from '../errors.ts';
import { decodePoint, means, registersOf } from './decode.ts';
import { applyMask, encodePoint, sameValue } from './encode.ts';
import type { Master } from './master.ts';
import type { ModbusAction, ModbusPoint, ModbusProfile } from './profile.ts';

/** What a session needs to talk about its device's points. */
export interface Conversation {
  readonly profile: ModbusProfile;
  readonly points: ReadonlyMap<string, ModbusPoint>;
  readonly master: Master;
  /** Relays that a command has closed, and opens again. */
  readonly pulsed: Set<string>;
}

type Data = readonly number[] | readonly boolean[];

/** Between two looks at whether an action has taken effect. */
const LOOK_AGAIN_MS = 250;
/** A relay that was closed must open again: this often, with a pause, before a person is told that it did not. */
const RELEASE_TRIES = 20;
const RELEASE_PAUSE_MS = 250;

/** Carries out a command of the profile's allow-list. Rejects with DriverError; `unconfirmed` when the effect is not seen. */
export async function carryOut(talk: Conversation, command: DriverCommand, link: Link): Promise<CommandOutcome> {
  const action = talk.profile.actions.find(({ key }) => key === command.action);
  if (action) return carryOutAction(talk, action, link);
  const listed = talk.profile.commands.some((spec) => spec.action === command.action);
  const point = listed ? talk.points.get(command.action) : undefined;
  if (!point) throw new DriverError('config', `${command.action} is not on the list of what may be written`);
  return { seen: await writePoint(talk, point, command.value ?? null, link) };
}

/**
 * Writes what the profile wants set and the device does not hold: `held` are the points that are as wanted then. What the device
 * refuses is returned in words: a channel in another mode must not keep the others from being read. A relay that is being pulsed is
 * passed over: one that opens too soon moves no barrier.
 */
export async function setUp(talk: Conversation, link: Link): Promise<{ held: string[]; refused: string[] }> {
  const held: string[] = [];
  const refused: string[] = [];
  for (const { point: key, value } of talk.profile.setup) {
    const point = pointOf(talk, key);
    try {
      const reading = await readPoint(talk, point, link);
      if (talk.pulsed.has(key)) continue;
      if (!means(point, reading.value, value)) await writePoint(talk, point, value, link);
      held.push(key);
    } catch (error) {
      if (!(error instanceof DriverError) || error.retryable || error.code === 'closed' || error.code === 'unsent')
        throw error;
      refused.push(`${key}: ${error.message}`);
    }
  }
  return { held, refused };
}

async function readPoint({ master }: Conversation, point: ModbusPoint, link: Link): Promise<Reading> {
  const data = (await master.read(link, point.table, point.address, registersOf(point))) as Data;
  return { point: point.key, at: link.now(), ...decodePoint(point, data) };
}

async function carryOutAction(talk: Conversation, action: ModbusAction, link: Link): Promise<CommandOutcome> {
  if (action.unless) await checkInterlock(talk, action.unless, link);
  const seen: Reading[] = [];
  for (const step of action.steps) {
    if ('pulse' in step) await pulse(talk, pointOf(talk, step.pulse), step.ms, link);
    else if ('words' in step) await writeWords(talk, pointOf(talk, step.write), step.words, link);
    else seen.push(...(await writePoint(talk, pointOf(talk, step.write), step.value, link)));
  }
  return action.confirm ? { seen: [await awaitEffect(talk, action.confirm, link)] } : { seen };
}

/** A local interlock that nobody overrides from afar: what is not known to be clear counts as occupied. */
async function checkInterlock(
  talk: Conversation,
  unless: NonNullable<ModbusAction['unless']>,
  link: Link,
): Promise<void> {
  const reading = await readPoint(talk, pointOf(talk, unless.point), link);
  if (reading.quality === 'good' && !means(pointOf(talk, unless.point), reading.value, unless.equals)) return;
  throw new DriverError(
    'refused',
    `interlock: ${unless.point} is ${reading.quality === 'good' ? String(reading.value) : 'unknown'}`,
  );
}

async function awaitEffect(
  talk: Conversation,
  confirm: NonNullable<ModbusAction['confirm']>,
  link: Link,
): Promise<Reading> {
  const point = pointOf(talk, confirm.point);
  const until = link.now() + confirm.withinMs;
  for (;;) {
    let last: string;
    try {
      const reading = await readPoint(talk, point, link);
      if (reading.quality === 'good' && confirm.in.some((wanted) => means(point, reading.value, wanted)))
        return reading;
      last = String(reading.value ?? reading.reason);
    } catch (error) {
      if (!(error instanceof DriverError) || !error.retryable) throw error;
      last = error.message;
    }
    if (link.now() >= until) {
      throw new DriverError(
        'unconfirmed',
        `after ${confirm.withinMs / 1000} s ${confirm.point} is still not as it should be: ${last}`,
      );
    }
    await link.wait(LOOK_AGAIN_MS);
  }
}

/** Closes a relay for `ms`. Whatever happens after the first write left, the relay is opened again. */
async function pulse(talk: Conversation, point: ModbusPoint, ms: number, link: Link): Promise<void> {
  talk.pulsed.add(point.key);
  try {
    await closeFor(talk, point, ms, link);
  } finally {
    talk.pulsed.delete(point.key);
  }
}

async function closeFor(talk: Conversation, point: ModbusPoint, ms: number, link: Link): Promise<void> {
  try {
    await writeData(talk, point, { bits: [true] }, link);
  } catch (error) {
    if (error instanceof DriverError && mayHaveActed(error)) await release(talk, point, link);
    throw error;
  }
  await link.wait(ms);
  await release(talk, point, link);
}

/** Unless it was never sent, or the device has said that it does not do such a thing (exceptions 01 to 03), it may have. */
function mayHaveActed({ code, detail }: DriverError): boolean {
  return code !== 'unsent' && code !== 'config' && !(detail !== undefined && detail >= 1 && detail <= 3);
}

async function release(talk: Conversation, point: ModbusPoint, link: Link): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await writeData(talk, point, { bits: [false] }, link);
      return;
    } catch (error) {
      if (!(error instanceof DriverError)) throw error;
      if (attempt >= RELEASE_TRIES)
        throw new DriverError('unconfirmed', `${point.key} could not be released: ${error.message}`);
    }
    await link.wait(RELEASE_PAUSE_MS);
  }
}

/**
 * Writes once, and reads back where the point can be read. Without an answer to the write the read-back decides; without
 * either, nobody knows.
 */
async function writePoint(talk: Conversation, point: ModbusPoint, value: Value, link: Link): Promise<Reading[]> {
  const encoded = encodePoint(point, value);
  if (!encoded.ok) throw new DriverError('config', encoded.message);
  const data =
    'mask' in encoded ? { words: [applyMask(encoded.mask, await readRegister(talk, point, link))] } : encoded;
  const wanted: Data = 'bits' in data ? data.bits : data.words;
  let unanswered: DriverError | undefined;
  try {
    await writeData(talk, point, data, link);
  } catch (error) {
    if (!(error instanceof DriverError) || !error.retryable || point.access === 'w') throw error;
    unanswered = error;
  }
  if (point.access === 'w') return [];
  const found = await readBack(talk, point, link, unanswered);
  const reading = { point: point.key, at: link.now(), ...decodePoint(point, found) };
  if (sameValue(point, wanted, found)) return [reading];
  throw (
    unanswered ??
    new DriverError('unconfirmed', `${point.key} was written, and reads ${String(reading.value ?? reading.reason)}`)
  );
}

/** `unanswered`: what the write met; where nothing can be read either, it says more than that. */
async function readBack(
  { master }: Conversation,
  point: ModbusPoint,
  link: Link,
  unanswered: DriverError | undefined,
): Promise<Data> {
  try {
    return (await master.read(link, point.table, point.address, registersOf(point))) as Data;
  } catch (error) {
    if (unanswered && error instanceof DriverError) throw unanswered;
    throw error;
  }
}

async function writeWords(talk: Conversation, point: ModbusPoint, words: readonly number[], link: Link): Promise<void> {
  await writeData(talk, point, { words }, link);
}

async function writeData(
  { master }: Conversation,
  point: ModbusPoint,
  data: { readonly words: readonly number[] } | { readonly bits: readonly boolean[] },
  link: Link,
): Promise<void> {
  const { address } = point;
  if ('bits' in data) {
    const [value = false] = data.bits;
    if (point.writeFunction === 15) return master.write(link, { fc: 15, address, values: data.bits });
    return master.write(link, { fc: 5, address, value });
  }
  const [value = 0] = data.words;
  if (data.words.length === 1 && point.writeFunction !== 16) return master.write(link, { fc: 6, address, value });
  return master.write(link, { fc: 16, address, values: data.words });
}

async function readRegister({ master }: Conversation, point: ModbusPoint, link: Link): Promise<number> {
  const [register] = await master.read(link, point.table, point.address, 1);
  if (typeof register !== 'number') throw new DriverError('config', `${point.key} is not in a register`);
  return register;
}

function pointOf({ points }: Conversation, key: string): ModbusPoint {
  const point = points.get(key);
  if (!point) throw new DriverError('config', `the profile has no point ${key}`);
  return point;
}
