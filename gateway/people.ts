/**
 * Who may do what, where the site names its people. A claim and no authentication: it keeps names right and mistakes out, and
 * nobody who lies. Pure.
 */
import type { AlarmDecision } from './alarms/decision.ts';
import { ROLES, type Person, type Role } from './config/people-schema.ts';
import { nearest } from './config/mistakes/suggest.ts';
import type { SiteConfig } from './config/site-config.ts';

export interface PersonRefusal {
  readonly ok: false;
  readonly code: 'unknownPerson' | 'roleMissing';
  readonly message: string;
}

/** Null where the site names nobody, or has this one. */
export function unknownPerson(people: readonly Person[], by: string): PersonRefusal | null {
  const ids = people.map(({ id }) => id);
  if (ids.length === 0 || ids.includes(by)) return null;
  const meant = nearest(by, ids);
  const hint = meant === undefined ? '' : ` (did you mean ${JSON.stringify(meant)}?)`;
  return { ok: false, code: 'unknownPerson', message: `${by} is nobody of this site's people${hint}` };
}

/** Whether a person may sign for those on duty, who have left without it. */
export function standsIn(people: readonly Person[], by: string): boolean {
  const roles = people.find(({ id }) => id === by)?.roles ?? [];
  return roles.some((role) => role === 'supervisor' || role === 'manager');
}

/** Why a person may not decide this; null where they may. */
export function decisionRefusal(
  { people, alarms }: Pick<SiteConfig, 'people' | 'alarms'>,
  { verb, alarm, by }: Pick<AlarmDecision, 'verb' | 'alarm' | 'by'>,
): PersonRefusal | null {
  const unknown = unknownPerson(people, by);
  if (unknown || verb !== 'reset') return unknown;
  const roles = alarms.find((definition) => definition.alarm === alarm)?.settings.resetRoles;
  return roles ? roleMissing(people, by, roles, `${alarm} is reset by`) : null;
}

/** Why a person may neither ask for a home's supply to be cut or given back, nor confirm it; null where they may. */
export function supplyPersonRefusal(
  { people, supply: { roles } }: Pick<SiteConfig, 'people' | 'supply'>,
  by: string,
): PersonRefusal | null {
  const unknown = unknownPerson(people, by);
  if (unknown || roles.length === 0) return unknown;
  return roleMissing(people, by, roles, "a home's supply is cut and given back by");
}

/** Whether two names of who asks are one person's, however they are written. */
export function isSamePerson(one: string, other: string): boolean {
  const [a, b] = [one, other].map((name) => name.normalize('NFKC').trim().toLowerCase());
  return a === b;
}

/** `what`: in words, with whom it is done by. Null where the person has one of `roles`, or the site names nobody. */
function roleMissing(
  people: readonly Person[],
  by: string,
  roles: readonly Role[],
  what: string,
): PersonRefusal | null {
  const person = people.find(({ id }) => id === by);
  if (!person || person.roles.some((role) => roles.includes(role))) return null;
  const wanted = roles.map((role) => `${role} (${ROLES[role]})`).join(', ');
  return { ok: false, code: 'roleMissing', message: `${what}: ${wanted}` };
}
