/** A scenario: named steps over a community's plant. It is data; whoever plays it brings the time. */
import type { Clock } from '../clock.ts';
import type { Plant } from '../community/plan.ts';

export interface Step {
  /** After the step before it, in milliseconds. */
  readonly afterMs: number;
  /** What happens, or what is to be seen by now. */
  readonly says: string | ((plant: Plant) => string);
  /** `now` in monotonic milliseconds. */
  readonly does?: (plant: Plant, now: number) => void;
}

export interface Scenario {
  readonly name: string;
  readonly about: string;
  readonly steps: readonly Step[];
}

export interface Stage {
  readonly plant: Plant;
  readonly clock: Clock;
  readonly announce: (line: string) => void;
  /** Rejects when the play is broken off. */
  readonly wait: (ms: number) => Promise<void>;
}

/** Plays all steps. `speed` 2 halves the waits between them; what the equipment does in between keeps its own time. */
export async function play(scenario: Scenario, stage: Stage, speed = 1): Promise<void> {
  for (const { afterMs, says, does } of scenario.steps) {
    if (afterMs > 0) await stage.wait(afterMs / speed);
    does?.(stage.plant, stage.clock.monotonic());
    stage.announce(`${scenario.name}: ${typeof says === 'string' ? says : says(stage.plant)}`);
  }
}

/** At speed 1, in milliseconds. */
export function durationMs(scenario: Scenario): number {
  return scenario.steps.reduce((sum, step) => sum + step.afterMs, 0);
}
