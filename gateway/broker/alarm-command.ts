/** What a message on `alarm/command/{verb}` decides. */
import type { z } from 'zod';
import type { AlarmDecision } from '../alarms/decision.ts';
import { alarmDecision, alarmShelving, alarmShowing } from './schemas.ts';

/** Drills are begun and ended over the API alone. */
type Verb = Exclude<AlarmDecision['verb'], 'drill' | 'endDrill'>;

type Unsigned<T> = T extends unknown ? Omit<T, 'by'> : never;

/** Who decides is known by the broker, and not said by the message. */
export type AskedDecision = Unsigned<AlarmDecision> & { readonly commandId: string };

const SCHEMAS = {
  ack: alarmDecision.transform((said) => ({ ...said, verb: 'ack' as const })),
  reset: alarmDecision.transform((said) => ({ ...said, verb: 'reset' as const })),
  shelve: alarmShelving.transform((said) => ({ ...said, verb: 'shelve' as const, until: Date.parse(said.until) })),
  unshelve: alarmShowing.transform((said) => ({ ...said, verb: 'unshelve' as const })),
  removeFromService: alarmDecision.transform((said) => ({ ...said, verb: 'removeFromService' as const })),
  placeInService: alarmShowing.transform((said) => ({ ...said, verb: 'placeInService' as const })),
} as const satisfies Record<Verb, z.ZodType<AskedDecision>>;

export const VERBS = Object.keys(SCHEMAS);

/** Of a verb that there is not: the id alone, for whoever has to be told. */
export function decisionSchema(verb: string): z.ZodType<AskedDecision> | null {
  return Object.hasOwn(SCHEMAS, verb) ? SCHEMAS[verb as Verb] : null;
}
