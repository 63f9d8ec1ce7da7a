/** A gateway whose every point is always due. The configuration's check refuses such a site, so the periods are cut after it. */
import { pino } from 'pino';
import { drivers } from '../../../drivers/index.ts';
import { loadConfiguration } from '../../../gateway/config/load.ts';
import { startGateway } from '../../../gateway/main.ts';
import type { Protocol } from '../processes/protocol.ts';
import { serve } from '../processes/serve.ts';

const ALWAYS_MS = 20;

export interface OverdueGatewayProgram extends Protocol {
  readonly settings: { readonly siteFile: string };
  readonly ready: null;
  readonly question: never;
  readonly answer: never;
}

await serve<OverdueGatewayProgram>(async ({ siteFile }) => {
  const loaded = await loadConfiguration(siteFile, drivers);
  if (!loaded.ok) throw new Error(loaded.mistakes.map(({ line, message }) => `${line}: ${message}`).join('\n'));
  const poll = { alarm: ALWAYS_MS, fast: ALWAYS_MS, normal: ALWAYS_MS, slow: ALWAYS_MS, rare: ALWAYS_MS };
  const overdue = { ...loaded, config: { ...loaded.config, poll } };
  await startGateway({ siteFile, loaded: overdue, drivers, log: pino({ level: 'silent' }), version: 'benchmark' });
  return { ready: null };
});
