/**
 * The gateway killed at random together with the broker inside it. With `ack: puback` an event leaves the outbox when the
 * broker has taken it, and this broker takes it by writing it to whoever is connected: that is all that it promises. So
 * a consumer that was there has every event that has left; one that was not finds what it missed by asking, without holes.
 */
import { describe, expect, it } from 'vitest';
import { until } from '../testing/programs.ts';
import { askForMissed, readJournal } from './testing/catching-up.ts';
import { killCount } from './testing/chance.ts';
import { expectSameStates, expectSound, idOf } from './testing/expectations.ts';
import { PATIENCE_MS, recordAndKill } from './testing/kill-run.ts';
import { serverPort } from './testing/server-port.ts';
import { readStored } from './testing/stored.ts';

const KILLS = killCount(12);

describe('a gateway that is killed at random with the broker inside it', () => {
  it(
    `keeps every press, and tells it or keeps it to tell, through ${KILLS} kills`,
    { timeout: 20_000 * KILLS },
    async () => {
      const port = await serverPort();
      const brokerUrl = `mqtt://127.0.0.1:${port}`;
      /** Left the outbox of a gateway to which the consumer had listened since before they were recorded. */
      const left = new Set<number>();
      const run = await recordAndKill({
        ...{ kills: KILLS, broker: { port }, brokerUrl },
        afterKill: ({ events, outbox }, subscribedAt) => {
          const heard = events.filter(({ recordedAt }) => subscribedAt !== null && recordedAt > subscribedAt);
          for (const { seq } of heard) if (!outbox.includes(seq)) left.add(seq);
        },
      });
      const { consumer, file, gateway } = run;
      await until(() => readStored(file).outbox.length === 0, 'the outbox to be empty', PATIENCE_MS);
      await until(() => [...left].every((seq) => consumer.has(seq)), 'what has left to have arrived').catch(
        () => undefined,
      );
      expect([...left].filter((seq) => !consumer.has(seq))).toEqual([]);
      expect(left.size).toBeGreaterThan(0);

      const { events, epoch } = readStored(file);
      const ids = events.map(({ seq }) => idOf(epoch, seq));
      const { apiUrl } = await gateway.ready;
      expect(await readJournal(apiUrl, consumer.watermark)).toEqual(ids.slice(consumer.watermark.seq));
      await askForMissed(consumer);
      const alarms = events.filter(({ domain }) => domain === 'alarm').map(({ seq }) => seq);
      expect(alarms.filter((seq) => !consumer.has(seq))).toEqual([]);
      await expectSameStates(brokerUrl, file);
      await gateway.stop();
      expectSound(run);
    },
  );
});
