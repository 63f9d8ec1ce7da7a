/** Loads a site, and prints what is wrong with it and what its buses have to do. */
import { drivers } from '../../../drivers/index.ts';
import { busBudget } from '../../config/budget.ts';
import { loadConfiguration } from '../../config/load.ts';
import type { CheckOptions } from './options.ts';
import { EXIT } from '../exit.ts';
import { paletteFor } from '../text/palette.ts';
import { budgetTable } from './budget-table.ts';
import { countMistakes, mistakeLines, summaryLines } from './report.ts';

export async function runCheck(file: string, { json, strict }: CheckOptions): Promise<void> {
  const loaded = await loadConfiguration(file, drivers, Date.now());
  const mistakes = loaded.ok ? loaded.warnings : loaded.mistakes;
  const config = loaded.ok ? loaded.config : null;
  const budgets = config?.buses.map((bus) => ({ config: bus, budget: busBudget(bus, config, drivers) })) ?? [];
  const { errors, warnings } = countMistakes(mistakes);
  if (errors > 0 || (strict && warnings > 0)) process.exitCode = EXIT.findings;
  if (json) {
    const buses = budgets.map(({ budget: { longestReplies, ...budget } }) => ({
      ...budget,
      longestReplies: Object.fromEntries(longestReplies),
    }));
    const registry = config && { meters: config.registry.meters.size, homes: config.registry.homes.size };
    console.log(JSON.stringify({ ok: loaded.ok, mistakes, buses, registry }));
    return;
  }
  const colours = paletteFor(process.stdout);
  for (const line of mistakeLines(mistakes, colours)) console.log(line);
  if (mistakes.length > 0 && config) console.log();
  if (config) for (const line of [...budgetTable(budgets, colours), '']) console.log(line);
  for (const line of summaryLines(file, config, mistakes, colours)) console.log(line);
}
