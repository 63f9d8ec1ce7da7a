/** Why metering and billing refuse: each code with its HTTP status. */
import type { BillingCode } from '../metering/billing/refusals.ts';
import type { DeskCode } from '../metering/desk/refusals.ts';
import type { ErrorKind } from './error-kind.ts';

/** `stale` and `noteRequired` are shared with alarms. */
export const OF_BILLING = {
  unknownRun: { status: 404, meaning: 'there is no such billing run' },
  noSuchFinding: { status: 404, meaning: 'the draft has no such finding' },
  noSuchLine: { status: 404, meaning: 'the run has no such line' },
  notOnFile: { status: 404, meaning: 'the run has no such file: close it, and export it' },
  drafting: { status: 409, meaning: 'the run is being drafted: wait for it' },
  alreadyClosed: { status: 409, meaning: 'the run is closed and never changes: correct it by a revision' },
  notClosed: { status: 409, meaning: 'the run is not closed' },
  notDrafted: { status: 409, meaning: 'there is no whole draft: draft it' },
  notChecked: { status: 409, meaning: 'the draft has not been checked' },
  notExported: { status: 409, meaning: 'the run has not been exported' },
  outdated: {
    status: 409,
    meaning: 'another run of the utility has been closed since this was drafted: draft it again',
  },
  notOver: { status: 409, meaning: 'the period is not over' },
  blocked: { status: 409, meaning: 'findings must be settled first: `details.about` has their keys' },
  alreadyBilled: { status: 409, meaning: 'the period is billed already, and nothing is billed twice' },
  laterClosed: { status: 409, meaning: 'a later period is closed, and has what was used in this one' },
  notAcceptable: { status: 409, meaning: 'a note is not enough: settle the reading or mend the registry' },
  exportDiffers: { status: 409, meaning: 'this export differs from the first one' },
  otherManifest: { status: 409, meaning: 'that is not the manifest that was exported' },
  stillOpen: { status: 409, meaning: 'the run is open: mend the draft, there is nothing to correct' },
  lineReplaced: { status: 409, meaning: 'a later revision has replaced the line: correct that one' },
  unknownPeriod: { status: 422, meaning: 'a period is named as 2026-11' },
  nothingToBill: { status: 422, meaning: 'there is no meter of this utility to bill in the period' },
  noSuccessor: { status: 422, meaning: 'the tables have no meter to bill instead of what is to be corrected' },
} as const satisfies Record<Exclude<BillingCode, 'stale' | 'noteRequired'>, ErrorKind>;

export const OF_READINGS = {
  unknownMeter: { status: 404, meaning: 'there is no such meter' },
  unknownHome: { status: 404, meaning: 'there is no such home' },
  unknownReading: { status: 404, meaning: 'there is no such reading' },
  alreadySettled: { status: 409, meaning: 'the reading is not in doubt, or is settled already' },
  badReading: { status: 422, meaning: 'that is no reading of this meter: digits, decimals or time' },
  implausible: {
    status: 422,
    meaning: 'the value does not fit those around it: `confirmed` if it is right all the same',
  },
  noEstimate: { status: 422, meaning: 'there is no earlier use to estimate by: give the value' },
  notRead: { status: 422, meaning: 'nothing reads this meter: people do, or it was removed' },
  noAnswer: { status: 503, meaning: 'the meter gave no value' },
} as const satisfies Record<DeskCode, ErrorKind>;
