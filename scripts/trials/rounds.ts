/** How long the lines of a site are busy with asking each of its meters once, as the gateway itself reckons it from bytes and rates. */
import { drivers } from '../../drivers/index.ts';
import { busBudget } from '../../gateway/config/budget.ts';
import { loadConfiguration } from '../../gateway/config/load.ts';

/** Of the line that takes the longest, in milliseconds. */
export interface Rounds {
  /** For what all its meters show. */
  readonly registersMs: number;
  /** For what all of them have kept, their clocks and their settings. */
  readonly keptMs: number;
}

/** Rejects where the site has mistakes. */
export async function roundsOf(siteFile: string): Promise<Rounds> {
  const loaded = await loadConfiguration(siteFile, drivers);
  if (!loaded.ok) throw new Error(`${siteFile}: ${loaded.mistakes.map(({ message }) => message).join('\n')}`);
  const { config } = loaded;
  const lines = config.buses.map((bus): Rounds => {
    const { loads } = busBudget(bus, config, drivers);
    const [kept, registers] = [
      loads.filter(({ poll }) => poll === 'rare'),
      loads.filter(({ poll }) => poll !== 'rare'),
    ];
    return { registersMs: wireMs(registers), keptMs: wireMs(kept) };
  });
  return {
    registersMs: Math.max(...lines.map(({ registersMs }) => registersMs)),
    keptMs: Math.max(...lines.map(({ keptMs }) => keptMs)),
  };
}

function wireMs(loads: readonly { readonly wireMs: number }[]): number {
  return loads.reduce((sum, load) => sum + load.wireMs, 0);
}
