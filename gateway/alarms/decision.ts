/** What a person can decide about an alarm, by API, MQTT or command line. */
import type { AlarmEvent } from './lifecycle.ts';
import type { AlarmSettings } from './rule-file.ts';
import { shelvingLimits } from './shelving-limits.ts';

interface Signed {
  readonly alarm: string;
  readonly by: string;
  readonly note: string | null;
}

/** `occurrenceId` and `rev` are those of the row that the person had before them; null: it was never raised. */
interface Seen extends Signed {
  readonly occurrenceId: string | null;
  readonly rev: number;
}

export type AlarmDecision =
  | ({ readonly verb: 'ack' | 'reset' | 'removeFromService' } & Seen)
  /** `until` is Unix milliseconds. */
  | ({ readonly verb: 'shelve'; readonly until: number } & Seen)
  /** Showing an alarm again does no harm, whatever has become of it since: these name no revision. */
  | ({ readonly verb: 'unshelve' | 'placeInService' | 'endDrill' } & Signed)
  | ({ readonly verb: 'drill'; readonly forMs: number } & Signed);

/** `settings` is null for an alarm that no rule makes any more; `at` is Unix milliseconds. */
export function decisionEvent(decision: AlarmDecision, settings: AlarmSettings | null, at: number): AlarmEvent {
  const { alarm: _, ...said } = decision;
  switch (said.verb) {
    case 'ack':
    case 'reset':
      return { type: said.verb, at, ...said };
    case 'shelve':
      return { type: said.verb, at, ...said, limits: shelvingLimits(settings) };
    case 'removeFromService':
      return { type: said.verb, at, ...said, permitted: !(settings?.duringMaintenance ?? false) };
    case 'drill': {
      const { by, note, forMs } = said;
      const drillable = settings !== null && !settings.drill;
      return { type: 'drill', at, by, note, endsAt: at + forMs, latching: settings?.latching ?? false, drillable };
    }
    case 'unshelve':
    case 'placeInService':
    case 'endDrill':
      return { type: said.verb, at, by: said.by, note: said.note };
  }
}
