/** What can be done to running simulators. */
import { suggest } from '../../config/mistakes/suggest.ts';
import { usageError } from '../exit.ts';
import { paletteFor } from '../text/palette.ts';
import { table } from '../text/table.ts';
import { cableAnswer, placeOf, playAnswer, scenariosAnswer, stateAnswer } from './answers.ts';
import { control } from './control-client.ts';
import type { ControlOptions, PlayOptions } from './options.ts';

/** Rejects with CliError, with the nearest name where there is no such scenario. */
export async function play(name: string, { control: base, speed }: PlayOptions): Promise<void> {
  if (!(speed >= 0.1 && speed <= 1_000)) throw usageError('the speed is a number from 0.1 to 1000');
  const { scenarios } = await control(base, { path: '/scenarios', schema: scenariosAnswer });
  const names = scenarios.map((scenario) => scenario.name);
  if (!names.includes(name)) throw usageError(`there is no scenario ${JSON.stringify(name)}`, suggest(name, names));
  const path = `/scenarios/${encodeURIComponent(name)}`;
  const { durationMs } = await control(base, { method: 'POST', path, body: { speed }, schema: playAnswer });
  console.log(
    `${paletteFor(process.stdout).good('▶')} ${name}: ${inSeconds(durationMs)}; the simulators say each step`,
  );
}

export async function list({ control: base, json }: ControlOptions & { readonly json?: boolean }): Promise<void> {
  const { scenarios } = await control(base, { path: '/scenarios', schema: scenariosAnswer });
  const { lines } = await control(base, { path: '/state', schema: stateAnswer });
  if (json) {
    console.log(JSON.stringify({ scenarios, lines }));
    return;
  }
  const colours = paletteFor(process.stdout);
  const { name, good, warning } = colours;
  const scenarioRows = scenarios.map((scenario) => [
    name(scenario.name),
    inSeconds(scenario.durationMs),
    scenario.about,
    scenario.playing ? good('playing') : '',
  ]);
  const lineRows = lines.map((line) => [
    name(line.id),
    line.type,
    placeOf(line),
    line.plugged ? good('plugged in') : warning('unplugged'),
    line.devices.map(({ id, unit, address }) => `${unit ?? address ?? ''} ${id}`).join(', '),
  ]);
  const scenarioTable = table(
    [{ title: 'scenario' }, { title: 'takes', align: 'right' }, { title: 'what happens' }, { title: '' }],
    scenarioRows,
    colours,
  );
  const lineTable = table(
    [{ title: 'line' }, { title: 'type' }, { title: 'where' }, { title: 'cable' }, { title: 'unit and device' }],
    lineRows,
    colours,
  );
  console.log([...scenarioTable, '', ...lineTable].join('\n'));
}

/** Rejects with CliError, with the nearest name where there is no such line. */
export async function moveCable(
  verb: 'plug' | 'unplug',
  line: string,
  { control: base }: ControlOptions,
): Promise<void> {
  const { lines } = await control(base, { path: '/state', schema: stateAnswer });
  const ids = lines.map(({ id }) => id);
  if (!ids.includes(line)) throw usageError(`there is no line ${JSON.stringify(line)}`, suggest(line, ids));
  const path = `/lines/${encodeURIComponent(line)}/${verb}`;
  const { id, plugged } = await control(base, { method: 'POST', path, schema: cableAnswer });
  console.log(`${id} is ${plugged ? 'plugged in' : 'unplugged'}`);
}

function inSeconds(ms: number): string {
  return `${Math.round(ms / 100) / 10} s`;
}
