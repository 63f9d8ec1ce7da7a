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
  readonly via: 'api' | 'mqtt';
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
  | 'badExpiry'
  | 'badId'
  | 'conflict'
  | 'busy'
  | 'storeUnavailable';

export type Acceptance =
  | { readonly ok: true; readonly row: CommandRow; readonly repeated: boolean }
  | { readonly ok: false; readonly code: CommandRefusal; readonly message: string };

export const DEFAULT_EXPIRY_MS = 5_000;
export const MAX_EXPIRY_MS = 10_000;
/** Commands of one device that may be unfinished at once. */
const MAX_UNFINISHED = 4;

/** What a device can be told; undefined when there is no such device. */
export type Commandable = (device: string) => { readonly enabled: boolean; readonly profile: Profile } | undefined;

export type CommandStore = Pick<Store, 'commands' | 'write'>;

/** Resolves once the row is on the disk. `now` is Unix milliseconds. */
export async function acceptCommand(
  store: CommandStore,
  commandable: Commandable,
  request: CommandRequest,
  now: number,
): Promise<Acceptance> {
  try {
    return await accept(store, commandable, request, now);
  } catch (error) {
    if (!mayPass(error)) throw error;
    return refuse('storeUnavailable', 'the store cannot be written at the moment: nothing was sent');
  }
}

async function accept(
  { commands, write }: CommandStore,
  commandable: Commandable,
  request: CommandRequest,
  now: number,
): Promise<Acceptance> {
  const id = request.id ?? randomUUID();
  if (!/^[A-Za-z0-9_-]{1,64}$/.test(id)) return refuse('badId', 'a command id is 1 to 64 letters, digits, - or _');
  const value = request.value ?? null;
  const existing = commands.get(id);
  if (existing) return repeated(existing, request, value);
  const refusal = checkRequest(commandable, request, value);
  if (refusal) return refusal;
  const { device, action, by, via } = request;
  const expiresAt = now + (request.expiresInMs ?? DEFAULT_EXPIRY_MS);
  const command = { id, device, action, value, by, via, acceptedAt: now, expiresAt };
  const taken = await write('acceptCommand', command, MAX_UNFINISHED);
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

function checkRequest(commandable: Commandable, request: CommandRequest, value: Value): Acceptance | null {
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
  return checkValue(spec, value);
}

function checkValue(spec: CommandSpec, value: Value): Acceptance | null {
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

function refuse(code: CommandRefusal, message: string): Acceptance {
  return { ok: false, code, message };
}
