/** What happens at the barriers. */
import type { Plant } from '../community/plan.ts';
import type { Scenario } from './scenario.ts';

const armSeen = ({ barriers }: Plant): string => `barrier-main is ${barriers.main.arm.state}`;

export const blocked: Scenario = {
  name: 'barrier is blocked',
  about: 'barrier-main opens, something holds its arm while it closes, the controller gives up; after 75 s it is freed',
  steps: [
    { afterMs: 0, says: 'barrier-main opens', does: ({ barriers }) => barriers.main.arm.open() },
    {
      afterMs: 4_000,
      says: 'it closes, and something holds the arm',
      does: ({ barriers }) => {
        barriers.main.arm.obstruct(true);
        barriers.main.arm.close();
      },
    },
    { afterMs: 7_000, says: armSeen },
    {
      afterMs: 75_000,
      says: 'the arm is free again and closes',
      does: ({ barriers }) => {
        barriers.main.arm.obstruct(false);
        barriers.main.arm.close();
      },
    },
    { afterMs: 4_000, says: armSeen },
  ],
};
