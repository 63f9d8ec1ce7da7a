/** What a fire alarm opens, and which alarms open it. Pure. */
import type { Value } from '../../drivers/contract.ts';
import { isHidden, underlying } from '../alarms/letters.ts';
import type { FireReleaseSettings } from '../config/fire-release-schema.ts';
import type { AlarmRow } from '../store/rows.ts';

export interface ReleaseTarget {
  /** `{device}/{action}`, the way the journal and the records find it again. */
  readonly id: string;
  readonly device: string;
  readonly action: string;
  /** Null where the command takes none. */
  readonly value: Value;
  /** Null: for alarms of every source. */
  readonly sources: ReadonlySet<string> | null;
}

export function targetId(device: string, action: string): string {
  return `${device}/${action}`;
}

/** Of two with one id, which is a mistake of the site file, the first. */
export function releaseTargets(settings: FireReleaseSettings | undefined): ReleaseTarget[] {
  const targets = (settings?.targets ?? []).map(({ device, action, value = null, sources }): ReleaseTarget => ({
    ...{ id: targetId(device, action), device, action, value },
    sources: sources ? new Set(sources) : null,
  }));
  return targets.filter(({ id }, index) => targets.findIndex((target) => target.id === id) === index);
}

/**
 * Whether an alarm asks for barriers and doors to be open: from its raise until it is normal again, whatever hides it
 * meanwhile. A drill never does, nor what was raised while people worked on its source and it was announced to nobody.
 */
export function asksForRelease(row: AlarmRow): boolean {
  if (row.occurrenceId === null || row.drill || underlying(row) === 'A') return false;
  if (!isHidden(row)) return true;
  return row.permit === null ? !row.raisedWhileSuppressed : (row.raisedAt ?? 0) < row.permit.since;
}

/** Whether `target` is opened by the alarm, once that asks for it. */
export function isOpenedBy({ sources }: ReleaseTarget, { source }: Pick<AlarmRow, 'source'>): boolean {
  return sources === null || sources.has(source);
}
