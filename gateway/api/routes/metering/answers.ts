/** From what metering refuses to the one shape of an error. */
import type { Outcome } from '../../../metering/billing/ledger.ts';
import type { StoredRun } from '../../../metering/billing/record.ts';
import type { BillingRefusal } from '../../../metering/billing/refusals.ts';
import type { DeskRefusal } from '../../../metering/desk/refusals.ts';
import { ApiError } from '../../errors.ts';

/** The run after the step. Throws ApiError where it was refused. */
export function runOf(outcome: Outcome): StoredRun {
  if (!outcome.ok) throw refusalError(outcome.refusal);
  return outcome.row;
}

export function refusalError(refusal: BillingRefusal | DeskRefusal): ApiError {
  const { code, zh, en } = refusal;
  const about = 'about' in refusal && refusal.about.length > 0 ? { about: refusal.about } : {};
  return new ApiError(code, en, { zh, ...about });
}
