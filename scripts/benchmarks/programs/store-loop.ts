/** The whole way in: wire, decode, normalise, alarms, one SQLite file. Every value is new every time. */
import { pino } from 'pino';
import { drivers } from '../../../drivers/index.ts';
import { systemClock } from '../../../gateway/clock.ts';
import { openSession } from '../../../gateway/config/open-session.ts';
import { loadConfiguration } from '../../../gateway/config/load.ts';
import { openCore } from '../../../gateway/core.ts';
import { createTask, seenWell } from '../../../gateway/ingest/device-task.ts';
import { METER_PROFILE } from '../processes/meter-profile.ts';
import { serve } from '../processes/serve.ts';
import { openBus } from './one-bus.ts';
import { loop, type LoopProgram, type LoopReport } from './transactions.ts';

export interface StoreLoopProgram extends LoopProgram {
  readonly answer: LoopReport & {
    /** Values that were committed meanwhile. */
    readonly stored: number;
  };
}

const ARCHIVE_EVERY_MS = 60_000;

await serve<StoreLoopProgram>(async ({ port, siteFile }) => {
  const loaded = await loadConfiguration(siteFile, drivers);
  if (!loaded.ok) throw new Error('the site of the benchmark has mistakes');
  const profile = loaded.config.profiles.get(METER_PROFILE);
  if (!profile) throw new Error('the site of the benchmark has no meter');
  const core = await openCore(loaded.config, loaded.config.store.file, systemClock, pino({ level: 'silent' }));
  const { bus, busConfig, config, link } = await openBus(port);
  const session = openSession({ drivers, profile, bus: busConfig, device: config, knowledge: {} });
  const periods = { alarm: 1_000, fast: 1_000, normal: 1_000, slow: 1_000, rare: 1_000 };
  const setup = { config, profile, session, bus, busConfig, periods, baselines: new Map<string, number>() };
  const task = createTask(setup, systemClock.now());
  const [block, ...others] = task.blocks.values();
  if (!block || others.length > 0) throw new Error('the meter of the benchmark must be one block');
  const once = async (): Promise<void> => {
    const result = await session.poll(block, link);
    core.observe(seenWell(task, block, result, ARCHIVE_EVERY_MS));
  };
  const answer = async (question: LoopProgram['question']): Promise<StoreLoopProgram['answer']> => {
    const before = core.recorder.statistics().readings;
    const report = await loop(once, question);
    await core.recorder.flush();
    return { ...report, stored: core.recorder.statistics().readings - before };
  };
  return { ready: null, answer };
});
