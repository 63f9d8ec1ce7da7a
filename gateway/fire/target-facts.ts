/** What the store knows of a target: what its next step goes by. */
import { z } from 'zod';
import type { CommandRow } from '../store/rows.ts';
import type { Store } from '../store/store.ts';
import type { CommandEnd, Seen, TargetFacts, TargetState } from './release-step.ts';
import type { ReleaseTarget } from './target.ts';

const result = z.object({
  seen: z.array(
    z.object({ point: z.string(), value: z.union([z.number(), z.boolean(), z.string(), z.null()]), at: z.number() }),
  ),
});

/** `refused`: why the command under way was not even accepted; undefined where it was. */
export function knownOf(
  { commands, devices, points }: Pick<Store, 'commands' | 'devices' | 'points'>,
  { device }: ReleaseTarget,
  { command, proof }: TargetState,
  refused: string | undefined,
): Pick<TargetFacts, 'end' | 'shown' | 'heard'> {
  const { state, since = null } = devices.get(device) ?? {};
  const shown = proof && points.get(device, proof.point);
  return {
    end: command === null ? null : endOf(commands.get(command), refused),
    shown: shown?.quality === 'good' ? shown : null,
    heard: { isOnline: state === 'online' || state === 'degraded', since },
  };
}

function endOf(row: CommandRow | undefined, refused: string | undefined): CommandEnd | null {
  if (refused !== undefined) return { ok: false, why: `not accepted: ${refused}` };
  switch (row?.state) {
    case 'done':
      return { ok: true, seen: seenIn(row) };
    case 'failed':
    case 'expired':
      return { ok: false, why: row.error ?? row.state };
    case 'accepted':
    case 'sent':
    case undefined:
      return null;
  }
}

/** Nothing, where nothing shows that it worked. */
function seenIn(row: CommandRow): readonly Seen[] {
  const parsed = result.safeParse(row.result);
  return parsed.success ? parsed.data.seen : [];
}
