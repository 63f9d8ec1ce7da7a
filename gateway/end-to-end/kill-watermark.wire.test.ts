/**
 * The gateway killed at random together with the broker inside it, with `ack: watermark`: an event is done when the consumer
 * says that it has committed it, and sent again until then. So the consumer has all of it without ever asking.
 */
import { describe, expect, it } from 'vitest';
import { until } from '../testing/programs.ts';
import { killCount } from './testing/chance.ts';
import { expectSameStates, expectSound, idOf } from './testing/expectations.ts';
import { PATIENCE_MS, recordAndKill } from './testing/kill-run.ts';
import { serverPort } from './testing/server-port.ts';
import { readStored } from './testing/stored.ts';

const KILLS = killCount(6);

describe('a gateway that is killed at random, with a consumer that says what it has', () => {
  it(`delivers every event, through ${KILLS} kills`, { timeout: 180_000 + 20_000 * KILLS }, async () => {
    const port = await serverPort();
    const brokerUrl = `mqtt://127.0.0.1:${port}`;
    const run = await recordAndKill({
      kills: KILLS,
      broker: { port, ack: 'watermark', consumers: ['office'] },
      brokerUrl,
      commits: true,
    });
    const { consumer, file, gateway } = run;
    // What went out while the consumer was away is sent again after 30 s.
    await until(() => readStored(file).outbox.length === 0, 'every event to be committed', PATIENCE_MS);
    const { events, epoch } = readStored(file);
    expect(new Set(consumer.contents.keys())).toEqual(new Set(events.map(({ seq }) => idOf(epoch, seq))));
    expect(consumer.watermark).toEqual({ epoch, seq: events.length });
    await expectSameStates(brokerUrl, file);
    await gateway.stop();
    expectSound(run);
  });
});
