/**
 * The gateway killed at random while it records and publishes to the site's own broker: nothing that happened is missing,
 * nothing happens twice, and a consumer that stayed with the broker has all of it.
 */
import { describe, expect, it } from 'vitest';
import { startMosquitto } from '../broker/testing/mosquitto.ts';
import { until } from '../testing/programs.ts';
import { killCount } from './testing/chance.ts';
import { expectSameStates, expectSound, idOf } from './testing/expectations.ts';
import { PATIENCE_MS, recordAndKill } from './testing/kill-run.ts';
import { readStored } from './testing/stored.ts';

const KILLS = killCount(12);

describe('a gateway that is killed at random, with a broker that stays', () => {
  it(`keeps and delivers every press, through ${KILLS} kills`, { timeout: 20_000 * KILLS }, async () => {
    // Whatever the consumer is behind by, the broker keeps for it.
    const { url } = await startMosquitto(['allow_anonymous true', 'max_queued_messages 0']);
    const run = await recordAndKill({ kills: KILLS, broker: { type: 'external', url }, brokerUrl: url });
    const { consumer, file, gateway } = run;
    await until(() => readStored(file).outbox.length === 0, 'the outbox to be empty', PATIENCE_MS);
    const { events, epoch } = readStored(file);
    await until(() => events.every(({ seq }) => consumer.has(seq)), 'the consumer to have every event', PATIENCE_MS);
    await expectSameStates(url, file);
    await gateway.stop();
    expectSound(run);
    expect(new Set(consumer.contents.keys())).toEqual(new Set(events.map(({ seq }) => idOf(epoch, seq))));
  });
});
