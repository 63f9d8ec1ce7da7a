/**
 * Who may do what, where the site names its people. A claim and no authentication: it keeps names right and mistakes out, and
 * nobody who lies. Pure.
 */
import type { AlarmDecision } from './alarms/decision.ts';
import { ROLES, type Person } from './config/people-schema.ts';
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
  const person = people.find(({ id }) => id === by);
  const roles = alarms.find((definition) => definition.alarm === alarm)?.settings.resetRoles;
  if (!person || !roles || person.roles.some((role) => roles.includes(role))) return null;
  const wanted = roles.map((role) => `${role} (${ROLES[role]})`).join(', ');
  return { ok: false, code: 'roleMissing', message: `${alarm} is reset by: ${wanted}` };
}
