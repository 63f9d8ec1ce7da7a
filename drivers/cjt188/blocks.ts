/** The requests that a meter needs for its points: one for each item. */
import type { Block, PollClass } from '../contract.ts';
import { POLL_CLASSES } from '../poll-classes.ts';
import { hexWord } from './code-text.ts';
import { ENVELOPE_LENGTH, SENT_WAKE_UPS } from './frame.ts';
import { layoutLength } from './layout.ts';
import { findItem } from './layouts.ts';
import { familyOf } from './meter-types.ts';
import type { Cjt188Point, Cjt188Profile } from './profile.ts';
import { READING } from './read-items.ts';

/** DI0 DI1 SER. */
const DI_AND_SER = 3;

export interface ItemBlock extends Block {
  readonly di: number;
  readonly points: readonly Cjt188Point[];
}

/** `isAbsent`: what this meter does not have is asked for rarely, since it may have been exchanged. */
export function itemBlocks(profile: Cjt188Profile, isAbsent: (item: string) => boolean): readonly ItemBlock[] {
  const items = new Map<number, Cjt188Point[]>();
  for (const point of profile.points) items.set(point.di, [...(items.get(point.di) ?? []), point]);
  return [...items].map(([di, points]) => {
    const id = hexWord(di);
    const { requestLength, replyLength } = lengths(profile, di);
    return { id, di, points, poll: isAbsent(id) ? 'rare' : mostOften(points), requestLength, replyLength };
  });
}

/** The item that shows whether the meter is there: every meter has the current reading. */
export function mainItem({ points }: Cjt188Profile): number {
  return points.some(({ di }) => di === READING) ? READING : (points[0]?.di ?? READING);
}

function mostOften(points: readonly Cjt188Point[]): PollClass {
  return POLL_CLASSES.find((poll) => points.some((point) => point.poll === poll)) ?? 'slow';
}

/** On the wire, wake-up bytes included: a meter is taken to send as many as the standard has at most. */
function lengths({ meter: { type, layout, wakeUps } }: Cjt188Profile, di: number) {
  const fields = findItem(di, familyOf(Number.parseInt(type, 16)), layout)?.fields ?? [];
  const frame = ENVELOPE_LENGTH + DI_AND_SER;
  return { requestLength: wakeUps + frame, replyLength: SENT_WAKE_UPS + frame + layoutLength(fields) };
}
