/** What `run` shows of a real store, as it is committed. */
import { expect, it, onTestFinished, vi } from 'vitest';
import { systemClock } from '../../clock.ts';
import { createFeed } from '../../feed.ts';
import { Recorder } from '../../store/record.ts';
import { openTestStore, storeFile } from '../../store/testing/fixtures.ts';
import { createConfig } from '../../api/testing/site.ts';
import { palette } from '../text/palette.ts';
import { showEvents } from './live-lines.ts';

it('shows every event of a burst that is committed at once', async () => {
  const store = await openTestStore(storeFile());
  onTestFinished(() => store.close());
  const feed = createFeed(store);
  const recorder = new Recorder({ store, clock: systemClock, onCommitted: feed.publish, onTrouble: () => undefined });
  const log = vi.spyOn(console, 'log').mockImplementation(() => undefined);
  onTestFinished(() => log.mockRestore());
  const config = createConfig();
  showEvents({ feed, store, config: () => config }, palette(false), () => systemClock.now());
  const pulse = { domain: 'input', type: 'pulse', source: 'lift-io', at: Date.now(), data: { channel: 1, count: 1 } };
  recorder.record({ device: 'lift-io', events: Array.from({ length: 450 }, () => pulse) });
  await recorder.flush();
  expect(log).toHaveBeenCalledTimes(450);
});
