/** How a mirror is shown. Types only. */
import type { BrokerListener } from '../../mqtt/listen.ts';
import type { Snapshot } from '../mirror/alarm-mirror.ts';
import type { AlarmEvent, HeldAlarm } from '../mirror/held-alarms.ts';

export interface View {
  readonly connection: BrokerListener['connection'];
  readonly happened: (event: AlarmEvent) => void;
  /** How alarms are, of which the transitions will not come. */
  readonly stands: (alarms: readonly HeldAlarm[]) => void;
  /** From now on it can be trusted, or cannot: `distrust` says why. */
  readonly trust: (mirror: Snapshot) => void;
  /** Somebody has asked for all of it. */
  readonly mirror: (mirror: Snapshot) => void;
}
