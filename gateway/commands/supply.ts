/**
 * Cutting a home's water, gas or electricity, and giving it back: off unless the site allows it for that very meter, asked for by
 * one person with the reason, confirmed by another one in time. Then it is a command like any other, which proves its effect.
 */
import { randomUUID } from 'node:crypto';
import type { Clock } from '../clock.ts';
import type { SiteConfig } from '../config/site-config.ts';
import { isSamePerson, supplyPersonRefusal, unknownPerson, type PersonRefusal } from '../people.ts';
import { mayPass } from '../store/errors.ts';
import type { SupplyRequestRow } from '../store/rows.ts';
import type { Store } from '../store/store.ts';
import type { Acceptance, Commandable, CommandRefusal, CommandRequest } from './accept.ts';

export interface SupplySetup {
  readonly store: Pick<Store, 'write' | 'supplyRequests'>;
  readonly clock: Clock;
  readonly config: () => Pick<SiteConfig, 'supply' | 'people'>;
  readonly commandable: Commandable;
  /** Takes the command that has been confirmed. */
  readonly submit: (request: CommandRequest) => Promise<Acceptance>;
}

export type SupplyRefusal =
  | 'supplyNotAllowed'
  | 'notSupply'
  | 'supplyNoteRequired'
  | 'unknownSupplyRequest'
  | 'secondPersonNeeded'
  | 'supplyRequestOver';

export type SupplyAnswer<T> =
  | { readonly ok: true; readonly value: T }
  | {
      readonly ok: false;
      readonly code: SupplyRefusal | PersonRefusal['code'] | CommandRefusal;
      readonly message: string;
    };

export interface SupplyAsked {
  readonly device: string;
  readonly action: string;
  readonly by: string;
  /** Why; not empty. */
  readonly note: string;
}

export type Supply = ReturnType<typeof createSupply>;

export function createSupply(setup: SupplySetup) {
  return {
    ask: (asked: SupplyAsked) => orUnavailable(() => ask(setup, asked)),
    confirm: (id: string, by: string) => orUnavailable(() => confirm(setup, id, by)),
    withdraw: (id: string, by: string) => orUnavailable(() => withdraw(setup, id, by)),
  };
}

async function ask(
  setup: SupplySetup,
  { device, action, by, note }: SupplyAsked,
): Promise<SupplyAnswer<SupplyRequestRow>> {
  const { store, clock, config } = setup;
  const refusal = supplyPersonRefusal(config(), by) ?? refusalOf(setup, device, action);
  if (refusal) return refusal;
  if (note.trim() === '') return refuse('supplyNoteRequired', 'a note is needed: why, and by whose order');
  const at = clock.now();
  const request = {
    id: randomUUID(),
    device,
    action,
    by,
    note,
    at,
    expiresAt: at + config().supply.confirmMin * 60_000,
  };
  await store.write('askSupply', request);
  return { ok: true, value: { ...request, confirmedBy: null, confirmedAt: null, withdrawnBy: null } };
}

async function confirm(
  setup: SupplySetup,
  id: string,
  by: string,
): Promise<SupplyAnswer<Extract<Acceptance, { ok: true }>>> {
  const { store, clock, config, submit } = setup;
  const request = store.supplyRequests.get(id);
  if (!request) return unknown(id);
  const { device, action } = request;
  if (isSamePerson(request.by, by))
    return refuse('secondPersonNeeded', `${by} has asked for it: somebody else confirms it`);
  // The site may have changed its mind since.
  const who = supplyPersonRefusal(config(), by) ?? supplyPersonRefusal(config(), request.by);
  const refusal = who ?? refusalOf(setup, device, action);
  if (refusal) return refusal;
  if (!(await store.write('confirmSupply', id, by, clock.now()))) return over(store.supplyRequests.get(id) ?? request);
  const taken = await submit({ id, device, action, by: `${request.by} + ${by}`, via: 'api', confirmed: true });
  return taken.ok ? { ok: true, value: taken } : taken;
}

/** Nobody needs a role for it: it keeps a home's supply as it is. */
async function withdraw(
  { store, clock, config }: SupplySetup,
  id: string,
  by: string,
): Promise<SupplyAnswer<SupplyRequestRow>> {
  const stranger = unknownPerson(config().people, by);
  if (stranger) return stranger;
  const request = store.supplyRequests.get(id);
  if (!request) return unknown(id);
  if (!(await store.write('withdrawSupply', id, by, clock.now()))) return over(store.supplyRequests.get(id) ?? request);
  return { ok: true, value: { ...request, withdrawnBy: by } };
}

function refusalOf({ config, commandable }: SupplySetup, device: string, action: string) {
  const target = commandable(device);
  if (!target) return refuse('unknownDevice', `there is no device ${device}`);
  const spec = target.profile.commands.find((one) => one.action === action);
  if (!spec) return refuse('unknownAction', `${device} has no command ${action}`);
  if (!spec.supply)
    return refuse('notSupply', `${action} of ${device} cuts nobody's supply: it is an ordinary command`);
  if (config().supply.allow.includes(device)) return null;
  return refuse(
    'supplyNotAllowed',
    `the site does not allow it for ${device}: "supply.allow" of the site file names those that may`,
  );
}

function unknown(id: string) {
  return refuse('unknownSupplyRequest', `there is no request ${id}`);
}

function over({ confirmedBy, withdrawnBy }: SupplyRequestRow) {
  if (confirmedBy !== null) return refuse('supplyRequestOver', `${confirmedBy} has confirmed it already`);
  if (withdrawnBy !== null) return refuse('supplyRequestOver', `${withdrawnBy} has withdrawn it`);
  return refuse('supplyRequestOver', 'it was not confirmed in time: ask for it again');
}

async function orUnavailable<T>(work: () => Promise<SupplyAnswer<T>>): Promise<SupplyAnswer<T>> {
  try {
    return await work();
  } catch (error) {
    if (!mayPass(error)) throw error;
    return refuse('storeUnavailable', 'the store cannot be written at the moment: nothing was sent');
  }
}

function refuse(code: SupplyRefusal | CommandRefusal, message: string) {
  return { ok: false, code, message } as const;
}
