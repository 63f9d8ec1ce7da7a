/** What fire alarms opened, as it is asked for; and the refusal of what would close it. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { releaseEnded, releaseEvent } from '../fire/release-journal.ts';
import type { ReleaseEvent } from '../fire/release-step.ts';
import { START } from './testing/figures.ts';
import { createGateway, type TestGateway } from './testing/gateway.ts';

let gateway: TestGateway;
beforeEach(async () => {
  gateway = await createGateway();
});
afterEach(() => gateway.close());

const TARGET = { id: 'pump/start', device: 'pump', action: 'start', value: null, sources: null };
const cause = (occurrenceId: string) => ({ alarm: 'fire-1--fire-alarm', occurrenceId });
const told = (event: ReleaseEvent, after = 0) => gateway.events(releaseEvent(TARGET, event, START + after));
const get = async (query = '') =>
  (await gateway.app.inject(`/api/v1/fire-releases${query}`)).json<{ items: object[]; next: number | null }>();

it('says of each occurrence what answered, after how long, and by what was read back', async () => {
  await told({ type: 'releaseAsked', cause: cause('a'), command: 'c1' });
  const seen = [{ point: 'status', value: 'open', at: START + 900 }];
  await told({ type: 'releaseAnswered', cause: cause('a'), command: 'c1', seen, afterMs: 1_000 }, 1_000);
  await gateway.events(releaseEnded('fire-1', cause('a'), [], START + 5_000));
  await told({ type: 'releaseAsked', cause: cause('b'), command: 'c2' }, 6_000);
  await told({ type: 'releaseFailed', cause: cause('b'), command: 'c2', why: 'not sent: no answer' }, 7_000);
  expect(await get()).toMatchObject({
    items: [
      {
        ...{ alarm: 'fire-1--fire-alarm', occurrenceId: 'b', endedAt: null, answered: 0 },
        targets: [{ state: 'failed', why: 'not sent: no answer', command: 'c2', answeredAt: null }],
      },
      {
        ...{ occurrenceId: 'a', endedAt: '2026-01-01T00:00:05.000Z', answered: 1 },
        targets: [
          {
            ...{ device: 'pump', nameZh: '一号泵 <主>', action: 'start', state: 'answered', afterMs: 1_000 },
            seen: [{ point: 'status', value: 'open', at: '2026-01-01T00:00:00.900Z' }],
          },
        ],
      },
    ],
    next: null,
  });
});

it('is listed page by page', async () => {
  expect(await get()).toEqual({ items: [], next: null });
  for (const id of ['a', 'b', 'c']) await told({ type: 'releaseAsked', cause: cause(id), command: id });
  const first = await get('?limit=2');
  expect(first).toMatchObject({ items: [{ occurrenceId: 'c' }, { occurrenceId: 'b' }] });
  expect(await get(`?limit=2&before=${first.next ?? ''}`)).toMatchObject({
    items: [{ occurrenceId: 'a' }],
    next: null,
  });
});

it('refuses with heldOpen what would close a barrier while a fire alarm stands', async () => {
  await gateway.close();
  const message = 'pump is held open by the alarm fire-1--fire-alarm until that is reset';
  gateway = await createGateway({ submitCommand: () => Promise.resolve({ ok: false, code: 'heldOpen', message }) });
  const answer = await gateway.app.inject({
    ...{ method: 'POST', url: '/api/v1/devices/pump/commands' },
    payload: { action: 'start', by: 'li' },
  });
  expect([answer.statusCode, answer.json()]).toEqual([409, { error: { code: 'heldOpen', message } }]);
});
