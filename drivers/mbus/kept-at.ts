/** When a value was kept, by the meter's own clock, from the date or time that its readout gives. Pure. */

export type KeptAt =
  | { readonly ok: true; readonly meterTime: string }
  /** Why the moment is not known, in words. */
  | { readonly ok: false; readonly reason: string };

/** Which midnight of a day is meant. */
export type DaySide = 'begins' | 'ends';

/**
 * `text` as date-time.ts writes it. A day alone: meters that keep a value at its end name the last day of a month, those that
 * keep it at its beginning the first one of the next; of any other day only their manual tells, which is `side`.
 */
export function keptAt(text: string, side: DaySide | undefined): KeptAt {
  if (text.includes('T')) return { ok: true, meterTime: wholeTime(text) };
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return { ok: false, reason: `${text} is no day` };
  const next = dayAfter(text);
  switch (side ?? usualSide(text, next)) {
    case 'begins':
      return { ok: true, meterTime: `${text}T00:00:00` };
    case 'ends':
      return { ok: true, meterTime: `${next}T00:00:00` };
    case null:
      return { ok: false, reason: `kept on ${text}: the profile does not say whether that day begins or ends with it` };
  }
}

/** With its seconds: `2014-03-13T11:11` says nothing of them. */
export function wholeTime(text: string): string {
  return /T\d\d:\d\d$/.test(text) ? `${text}:00` : text;
}

function usualSide(day: string, next: string): DaySide | null {
  if (day.endsWith('-01')) return 'begins';
  return next.endsWith('-01') ? 'ends' : null;
}

function dayAfter(day: string): string {
  const midnight = new Date(`${day}T00:00:00Z`);
  midnight.setUTCDate(midnight.getUTCDate() + 1);
  return midnight.toISOString().slice(0, 10);
}
