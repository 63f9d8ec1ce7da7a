/** Schema versions in order. A migration is never changed once it has shipped; add another. */
import { first } from './0001-first.ts';
import { metering } from './0002-metering.ts';
import { billing } from './0003-billing.ts';
import { shifts } from './0004-shifts.ts';
import { occurrences } from './0005-occurrences.ts';
import { closed } from './0006-closed.ts';
import { doubt } from './0007-doubt.ts';
import { noted } from './0008-noted.ts';
import { counterPlace } from './0009-counter-place.ts';
import { countedBefore } from './0010-counted-before.ts';

export const migrations: readonly string[] = [
  ...[first, metering, billing, shifts, occurrences, closed, doubt, noted, counterPlace, countedBefore],
];
