/** The gateway as it is started on site: the command line, in a process of its own. */
import { join } from 'node:path';
import { gatehouseCommand } from '../../../gateway/testing/gatehouse-command.ts';
import { startProgram, until } from '../../../gateway/testing/programs.ts';
import { scheduled, type Scheduling } from './scheduling.ts';
import type { Stoppable } from './scope.ts';
import type { BenchSite } from './site.ts';

export interface GatewayProcess extends Stoppable {
  readonly pid: number;
  /** Resolves when it says that it runs; rejects with what it said when it ended instead. */
  readonly running: () => Promise<void>;
}

export interface SpawnOptions {
  readonly scheduling?: Scheduling;
  /** Where Node keeps what it has compiled, as `scripts/gatehouse` has it do; without it, nowhere. */
  readonly compileCache?: string;
  /** More of them, for `run`. */
  readonly arguments?: readonly string[];
}

/** Returns at once: how long a start takes is one of the figures. */
export function spawnGateway({ siteFile, folder }: BenchSite, options: SpawnOptions = {}): GatewayProcess {
  const { scheduling = 'ordinary', compileCache = '' } = options;
  const run = ['run', siteFile, '--quiet', '--log', join(folder, 'log.json'), ...(options.arguments ?? [])];
  const gateway = gatehouseCommand(compileCache, run);
  const { child, output, stop } = startProgram(...scheduled(scheduling, 'env', gateway), 'util-linux');
  return {
    pid: child.pid ?? 0,
    stop,
    running: async () => {
      await until(() => output().includes('is running') || child.exitCode !== null, 'the gateway to start', 60_000);
      if (child.exitCode !== null) throw new Error(`the gateway did not start:\n${output()}`);
    },
  };
}

/** Resolves when it runs. */
export async function startGateway(site: BenchSite, options?: SpawnOptions): Promise<GatewayProcess> {
  const gateway = spawnGateway(site, options);
  await gateway.running();
  return gateway;
}
