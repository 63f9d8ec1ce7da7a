/** Whether anything is missing, when all has come to rest. Pure. */
import type { Stored } from '../../../gateway/end-to-end/testing/stored.ts';
import type { ConsumerLine, Mirror } from '../consumer-lines.ts';
import type { Decision } from '../guard.ts';
import { judgeConsumer } from './consumer.ts';
import { judgeDecisions } from './decisions.ts';
import { judgeJournal } from './journal.ts';
import type { Judged } from './judged.ts';
import { judgeMirror } from './mirror.ts';
import { judgePresses, type PressedContact } from './presses.ts';

export interface Evidence {
  readonly contacts: readonly PressedContact[];
  readonly stored: Stored;
  readonly accepted: readonly Decision[];
  readonly lives: readonly (readonly ConsumerLine[])[];
  readonly mirror: Mirror | null;
}

export function judge({ contacts, stored, accepted, lives, mirror }: Evidence): readonly Judged[] {
  const { events } = stored;
  return [
    judgePresses(contacts, events),
    judgeDecisions(accepted, events),
    judgeJournal(stored),
    judgeConsumer(lives, events),
    judgeMirror(mirror, stored),
  ];
}
