/** What the control port takes hold of. */
import type { RunningCommunity } from '../community/start.ts';
import type { Player } from './player.ts';

export interface Controlled {
  readonly community: RunningCommunity;
  readonly player: Player;
  readonly announce: (line: string) => void;
}
