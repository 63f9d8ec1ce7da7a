/** The project's example site on its simulated community, with free ports instead of the usual ones. */
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { parse, stringify } from 'yaml';
import { startProgram, until } from '../../../gateway/testing/programs.ts';
import { scheduled } from './scheduling.ts';
import type { Stoppable } from './scope.ts';
import { createFolder, type BenchSite } from './site.ts';

interface SimulatedLine {
  readonly id: string;
  readonly type: string;
  readonly host: string;
  readonly port: number;
}

export interface Community extends Stoppable {
  readonly lines: readonly SimulatedLine[];
}

/**
 * Every simulated port is the usual one and this: tests and a running example keep theirs, and none is of those that the
 * system gives to connections (32,768 on).
 */
const PORT_OFFSET = 16_500;

export async function startCommunity(): Promise<Community> {
  const simulators = ['simulators/main.ts', '--no-pty', '--port-offset', String(PORT_OFFSET)];
  const [command, args] = scheduled('undisturbed', process.execPath, simulators);
  const { child, output, stop } = startProgram(command, args, 'util-linux');
  const ready = await until(
    () => /^\{"ready":true.*\}$/m.exec(output())?.[0] ?? (child.exitCode !== null && output()),
    'the simulated community to start',
    30_000,
  );
  const { lines } = JSON.parse(ready) as Community;
  return { lines, stop };
}

/** A fresh copy of config/site.yaml and all that it names, with an empty store. */
export async function copyExampleSite({ lines }: Community): Promise<BenchSite> {
  const { site, sections } = await createFolder();
  cpSync('config', site.folder, { recursive: true });
  const example = parse(readFileSync('config/site.yaml', 'utf8')) as {
    readonly buses: readonly { readonly id: string }[];
  };
  const buses = example.buses.map((bus) => ({ ...withoutPath(bus), ...lines.find(({ id }) => id === bus.id) }));
  writeFileSync(site.siteFile, stringify({ ...example, buses, ...sections }));
  return site;
}

function withoutPath(bus: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(bus).filter(([key]) => key !== 'path'));
}
