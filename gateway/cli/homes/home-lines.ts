/** A home with zones as lines for a person. Pure. */
import type { z } from 'zod';
import type { homeSecuritySchema } from '../../api/resources/home-security.ts';
import type { Palette } from '../text/palette.ts';

export type HomeShown = z.output<typeof homeSecuritySchema>;

const MODES = { disarmed: 'disarmed 撤防', away: 'armed 外出布防', stay: 'armed to stay 在家布防' } as const;
const ZONE_KINDS = { instant: '即时', delayed: '延时', follower: '跟随' } as const;

/** `3号楼1201 (home-3-1201)  armed 外出布防, entry delay until 2026-01-15T00:30:00.000Z (door), without window` */
export function homeLine({ home, nameZh, mode, delay, bypassed }: HomeShown, { bad, good, faint }: Palette): string {
  const colour = mode === 'disarmed' ? faint : delay?.kind === 'entry' ? bad : good;
  const waiting = delay && `${delay.kind} delay until ${delay.until ?? '?'}`;
  const waited = waiting && delay.zones.length > 0 ? `${waiting} (${delay.zones.join(', ')})` : waiting;
  const without = bypassed.length > 0 ? `without ${bypassed.join(', ')}` : null;
  const state = [MODES[mode], waited, without].filter((part) => part !== null).join(', ');
  return `${nameZh} ${faint(`(${home})`)}  ${colour(state)}`;
}

export function zoneLine({ zone, nameZh, kind, state }: HomeShown['zones'][number], palette: Palette): string {
  const { good, warning, faint } = palette;
  const shown = state === 'closed' ? good(state) : warning(state);
  return `  ${nameZh} ${faint(`(${zone})`)}  ${kind} ${ZONE_KINDS[kind]}  ${shown}`;
}
