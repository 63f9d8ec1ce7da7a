/** `scripts/faults alarms`, with one kind of broker: kills, comes to rest, looks, and goes on until all kills are done. */
import { join } from 'node:path';
import { scoped } from '../benchmarks/processes/scope.ts';
import { killsOf, openHouse, type House } from './house.ts';
import { judge, type Evidence } from './judge/judge.ts';
import type { Judged } from './judge/judged.ts';
import { keepEvidence } from './keep-evidence.ts';
import type { BrokerKind, FaultOptions } from './options.ts';
import { showProgress, type Progress } from './progress.ts';
import { begin, comeToRest, gather } from './rest.ts';
import { strike } from './strike.ts';

export type AlarmFaultOptions = Omit<FaultOptions, 'brokers'> & { readonly broker: BrokerKind };

export interface AlarmFaults {
  readonly kills: Readonly<Record<string, number>>;
  readonly minutes: number;
  /** Of the last look; null and nothing where it never came to one. */
  readonly evidence: Evidence | null;
  readonly judged: readonly Judged[];
  /** A process that has ended by itself, or never got ready; null: none has. */
  readonly broken: string | null;
}

/** Ends early where something is missing. What it leaves in the folder is enough to find out why. */
export function alarmFaults({ folder, broker, ...options }: AlarmFaultOptions): Promise<AlarmFaults> {
  return scoped(async (own) => {
    const began = performance.now();
    const progress = showProgress(process.stderr, options.kills);
    own({
      stop: () => {
        progress.stop();
        return Promise.resolve();
      },
    });
    const house = await openHouse(own, { ...options, folder: join(folder, broker), broker });
    let evidence: Evidence | null = null;
    let judged: readonly Judged[] = [];
    let broken: string | null = null;
    try {
      while (killsOf(house) < options.kills && isSound(judged)) {
        await killSome(house, options, progress);
        evidence = await gather(house);
        judged = judge(evidence);
      }
    } catch (error) {
      broken = error instanceof Error ? error.message : String(error);
    }
    keepEvidence(house, [...judged.flatMap(({ findings }) => findings), ...(broken === null ? [] : [broken])]);
    const kills = Object.fromEntries([...house.victims].map(([name, victim]) => [name, victim.kills]));
    return { kills, minutes: (performance.now() - began) / 60_000, evidence, judged, broken };
  });
}

function isSound(judged: readonly Judged[]): boolean {
  return judged.every(({ findings }) => findings.length === 0);
}

/** And brings the house to rest. */
async function killSome(
  house: House,
  { kills, checkEvery }: Pick<FaultOptions, 'kills' | 'checkEvery'>,
  progress: Progress,
): Promise<void> {
  const stopAt = Math.min(kills, killsOf(house) + checkEvery);
  await begin(house);
  while (killsOf(house) < stopAt) {
    await strike(house);
    progress.update(killsOf(house), house.people.presses);
  }
  await comeToRest(house);
}
