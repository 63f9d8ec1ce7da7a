/** How a home stands, as the API shows it. Nothing here may ever tell that somebody was forced to disarm it. */
import { z } from 'zod';
import { iso } from '../../broker/messages.ts';
import type { Clock } from '../../clock.ts';
import type { HomeShown } from '../../home-security/home-security.ts';
import { sightOf } from '../../home-security/home-state.ts';
import { time } from '../schema/fields.ts';

export const homeSecuritySchema = z.object({
  home: z.string(),
  nameZh: z.string(),
  mode: z.enum(['disarmed', 'away', 'stay']),
  delay: z
    .object({
      kind: z.enum(['exit', 'entry']),
      until: time,
      zones: z.array(z.string()).describe('Those that have tripped and wait for its end'),
    })
    .nullable()
    .describe('The delay that ends next; null while none runs'),
  by: z.string().nullable().describe('Who armed or disarmed it last'),
  since: time,
  bypassed: z.array(z.string()).describe('Zones that do not count until it is disarmed'),
  zones: z
    .array(
      z.object({
        ...{ zone: z.string(), nameZh: z.string() },
        kind: z.enum(['instant', 'delayed', 'follower']),
        state: z
          .enum(['closed', 'open', 'tamper', 'short', 'cut', 'broken', 'unknown'])
          .describe('short, cut, broken: what its line shows is not well'),
      }),
    )
    .describe('Those that arming is about'),
});

export function homeSecurityView({ home, state }: HomeShown, clock: Clock): z.input<typeof homeSecuritySchema> {
  const { id, nameZh, zones } = home;
  return {
    ...{ home: id, nameZh, mode: state.mode, by: state.by, since: iso(state.at), bypassed: [...state.bypassed] },
    delay: delayOf(state, clock),
    zones: zones.map((zone) => ({
      ...{ zone: zone.id, nameZh: zone.nameZh, kind: zone.kind, state: sightOf(state, zone.id).level },
    })),
  };
}

function delayOf({ exit, entry }: HomeShown['state'], clock: Clock): z.input<typeof homeSecuritySchema>['delay'] {
  const first = exit && entry ? (exit.due < entry.due ? exit : entry) : (exit ?? entry);
  if (!first) return null;
  const until = iso(Math.round(clock.now() + Math.max(0, first.due - clock.monotonic())));
  return first === entry ? { kind: 'entry', until, zones: [...entry.zones] } : { kind: 'exit', until, zones: [] };
}
