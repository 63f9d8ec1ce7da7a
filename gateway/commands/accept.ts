/** What is asked of a device becomes a row, or is refused with a reason. Nothing here waits for a wire. */
import { randomUUID } from 'node:crypto';
import type { CommandSpec, Profile, Value } from '../../drivers/contract.ts';
import { mayPass } from '../store/errors.ts';
import type { CommandRow } from '../store/rows.ts';
import type { Store } from '../store/store.ts';

export interface CommandRequest {
  /** The caller's own id makes repeating the request harmless; without one it gets a fresh id. */
  readonly id?: string | undefined;
  readonly device: string;
  readonly action: string;
  readonly value?: Value | undefined;
  /** From now; at most MAX_EXPIRY_MS. A command that has not left by then never leaves. */
  readonly expiresInMs?: number | undefined;
  readonly by: string;
  /** `fire`: the gateway itself, for a fire alarm. */
  readonly via: 'api' | 'mqtt' | 'fire';
  /** A second person stands behind it: what cuts a home's supply, or gives it back, is refused without. */
  readonly confirmed?: boolean | undefined;
}

export type CommandRefusal =
  | 'unknownDevice'
  | 'disabledDevice'
  | 'unknownAction'
  | 'badValue'
  | 'outOfRange'
  | 'needsConfirmation'
  | 'heldOpen'
  | 'badExpiry'
  | 'badId'
  | 'conflict'
  | 'busy'
  | 'storeUnavailable';

export type Acceptance =
  | { readonly ok: true; readonly row: CommandRow; readonly repeated: boolean }
  | { readonly ok: false; readonly code: CommandRefusal; readonly message: string };

type Refusal = Extract<Acceptance, { ok: false }>;

export const DEFAULT_EXPIRY_MS = 5_000;
export const MAX_EXPIRY_MS = 10_000;
/** Commands of one device that may be unfinished at once. */
const MAX_UNFINISHED = 4;
/** A fire alarm does not wait for what others have asked. */
const MAX_UNFINISHED_OF_FIRE = 8;

/** What a device can be told; undefined when there is no such device. */
export type Commandable = (device: string) => { readonly enabled: boolean; readonly profile: Profile } | undefined;

export type CommandStore = Pick<Store, 'commands' | 'write'>;

/** Why a command must not be carried out now, though it is one of the device's, in words; null where nothing is in its way. */
export type Hold = (asked: Pick<CommandRow, 'device' | 'action' | 'value'>) => string | null;

export interface AcceptanceSetup {
  readonly store: CommandStore;
  readonly commandable: Commandable;
  readonly hold: Hold;
}

/** Resolves once the row is on the disk. `now` is Unix milliseconds. */
export async function acceptCommand(setup: AcceptanceSetup, request: CommandRequest, now: number): Promise<Acceptance> {
  try {
    return await accept(setup, request, now);
  } catch (error) {
    if (!mayPass(error)) throw error;
    return refuse('storeUnavailable', 'the store cannot be written at the moment: nothing was sent');
  }
}

async function accept(setup: AcceptanceSetup, request: CommandRequest, now: number): Promise<Acceptance> {
  const { commands, write } = setup.store;
  const id = request.id ?? randomUUID();
  if (!/^[A-Za-z0-9_-]{1,64}$/.test(id)) return refuse('badId', 'a command id is 1 to 64 letters, digits, - or _');
  const value = request.value ?? null;
  const existing = commands.get(id);
  if (existing) return repeated(existing, request, value);
  const refusal = checkRequest(setup, request, value);
  if (refusal) return refusal;
  const { device, action, by, via } = request;
  const expiresAt = now + (request.expiresInMs ?? DEFAULT_EXPIRY_MS);
  const command = { id, device, action, value, by, via, acceptedAt: now, expiresAt };
  const taken = await write('acceptCommand', command, via === 'fire' ? MAX_UNFINISHED_OF_FIRE : MAX_UNFINISHED);
  switch (taken.kind) {
    case 'accepted':
      return { ok: true, row: taken.row, repeated: false };
    case 'existing':
      return repeated(taken.row, request, value);
    case 'busy':
      return refuse('busy', `${taken.unfinished} commands of ${device} are not finished yet`);
  }
}

/** The same id with the same request is the same command; with another request it is a mistake. */
function repeated(row: CommandRow, request: CommandRequest, value: Value): Acceptance {
  const same = row.device === request.device && row.action === request.action && row.value === value;
  if (same) return { ok: true, row, repeated: true };
  const given = row.value === null ? 'without a value' : `with the value ${JSON.stringify(row.value)}`;
  return refuse('conflict', `command ${row.id} was already given, and it was ${row.action} of ${row.device} ${given}`);
}

function checkRequest({ commandable, hold }: AcceptanceSetup, request: CommandRequest, value: Value): Refusal | null {
  const { expiresInMs } = request;
  if (expiresInMs !== undefined && !(expiresInMs > 0 && expiresInMs <= MAX_EXPIRY_MS)) {
    return refuse('badExpiry', `expiresInMs must be above 0 and at most ${MAX_EXPIRY_MS}: a command is for now`);
  }
  const target = commandable(request.device);
  if (!target) return refuse('unknownDevice', `there is no device ${request.device}`);
  if (!target.enabled) return refuse('disabledDevice', `${request.device} is switched off in the configuration`);
  const spec = target.profile.commands.find(({ action }) => action === request.action);
  if (!spec) {
    const known = target.profile.commands.map(({ action }) => action).join(', ') || 'none';
    return refuse('unknownAction', `${request.device} has no command ${request.action}; it has: ${known}`);
  }
  if (spec.supply && request.confirmed !== true) {
    return refuse(
      'needsConfirmation',
      `${request.action} touches a home's supply: ask for it at /api/v1/supply-requests`,
    );
  }
  const mistaken = checkValue(spec, value);
  if (mistaken) return mistaken;
  const held = hold({ device: request.device, action: request.action, value });
  return held === null ? null : refuse('heldOpen', held);
}

/** Null where the command takes the value. */
export function checkValue(spec: CommandSpec, value: Value): Refusal | null {
  if (!spec.value) return value === null ? null : refuse('badValue', `${spec.action} takes no value`);
  switch (spec.value.type) {
    case 'boolean':
      return typeof value === 'boolean' ? null : refuse('badValue', `${spec.action} takes true or false`);
    case 'number': {
      const { min, max } = spec.value;
      if (typeof value !== 'number') return refuse('badValue', `${spec.action} takes a number`);
      return value >= min && value <= max ? null : refuse('outOfRange', `${spec.action} takes ${min} to ${max}`);
    }
    case 'enum': {
      const { values } = spec.value;
      if (typeof value !== 'number') return refuse('badValue', `${spec.action} takes one of ${values.join(', ')}`);
      return values.includes(value) ? null : refuse('outOfRange', `${spec.action} takes one of ${values.join(', ')}`);
    }
  }
}

function refuse(code: CommandRefusal, message: string): Refusal {
  return { ok: false, code, message };
}
