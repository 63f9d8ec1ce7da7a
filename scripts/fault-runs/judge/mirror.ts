/** The consumer's mirror is the store, alarm by alarm and field by field. Pure. */
import { isDeepStrictEqual } from 'node:util';
import { shownMirror, wantedMirror } from '../../../gateway/end-to-end/testing/states.ts';
import type { Stored } from '../../../gateway/end-to-end/testing/stored.ts';
import type { Mirror } from '../consumer-lines.ts';
import type { Judged } from './judged.ts';

/** `mirror`: null where the consumer has shown none. */
export function judgeMirror(mirror: Mirror | null, stored: Stored): Judged {
  if (!mirror) return { findings: ['the consumer shows no mirror'], looked: 'no mirror' };
  const [is, wanted] = [shownMirror(mirror, stored), wantedMirror(stored)];
  const looked = `the consumer's mirror: ${mirror.nonNormal} alarms that are not normal, hash ${mirror.stateHash}`;
  return { findings: isDeepStrictEqual(is, wanted) ? [] : differences(is, wanted), looked };
}

type Compared = ReturnType<typeof wantedMirror>;

function differences(is: Compared, wanted: Compared): string[] {
  const named = (states: readonly unknown[]): Map<string, unknown> =>
    new Map(
      states.map((state) => [
        (state as { readonly alarm?: string } | null)?.alarm ?? 'an alarm without a state',
        state,
      ]),
    );
  const [held, stored] = [named(is.abnormal), named(wanted.abnormal)];
  const names = [...new Set([...held.keys(), ...stored.keys()])];
  const different = names.filter((name) => !isDeepStrictEqual(held.get(name), stored.get(name)));
  return [
    ...(is.distrust === null ? [] : [`the consumer does not trust its mirror: ${is.distrust}`]),
    ...(isDeepStrictEqual(is.head, wanted.head)
      ? []
      : [`the mirror is ${said(is.head)}, the store ${said(wanted.head)}`]),
    ...different.map(
      (name) => `${name} is ${said(held.get(name))} in the mirror and ${said(stored.get(name))} in the store`,
    ),
    ...is.normal.map((alarm) => `the mirror takes for normal what is not: ${said(alarm)}`),
  ];
}

function said(value: unknown): string {
  return value === undefined ? 'not there' : JSON.stringify(value);
}
