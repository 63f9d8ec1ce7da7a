import { periodNamed, type Cut, type Period } from '../rules/period.ts';

const NAME = /^\d{4}-(0[1-9]|1[0-2])$/;

/** Null where nobody names a period so. */
export function namedPeriod(name: string, cut: Cut): Period | null {
  return NAME.test(name) ? periodNamed(name, cut) : null;
}
