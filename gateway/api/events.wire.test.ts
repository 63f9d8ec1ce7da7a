import { afterAll, beforeAll, expect, it } from 'vitest';
import { START } from './testing/figures.ts';
import { createGateway, type TestGateway } from './testing/gateway.ts';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await createGateway();
  await gateway.contact('di0', true);
  for (let n = 2; n <= 9; n += 1) await gateway.events({ domain: n % 2 === 0 ? 'lift' : 'door', data: { n } });
});
afterAll(() => gateway.close());

interface Page {
  readonly epoch: number;
  readonly seq: number;
  readonly next: number | null;
  readonly items: readonly { readonly seq: number }[];
}
const page = async (query: string) => (await gateway.app.inject(`/api/v1/events${query}`)).json<Page>();
const seqs = ({ items }: Page) => items.map(({ seq }) => seq);

it.each([
  ['', [9, 8, 7, 6, 5, 4, 3, 2, 1], null],
  ['?limit=2', [9, 8], 8],
  ['?limit=2&before=8', [7, 6], 6],
  ['?domain=door&limit=2', [9, 7], 7],
  ['?after=0', [1, 2, 3, 4, 5, 6, 7, 8, 9], 9],
  ['?after=4&limit=2', [5, 6], 6],
  ['?after=4&limit=2&domain=door', [5, 7], 7],
  ['?after=0&source=nobody', [], 9],
  ['?after=9', [], 9],
])('%s: %j, then %j', async (query, expected, next) => {
  const answer = await page(query);
  expect([seqs(answer), answer.next]).toEqual([expected, next]);
  expect([answer.epoch, answer.seq]).toEqual([START / 1000, 9]);
});

it('gives an event with its times, its id and its data', async () => {
  const { items } = await page('?after=1&limit=1');
  expect(items).toEqual([
    {
      ...{
        seq: 2,
        id: `east-garden-${START / 1000}-2`,
        domain: 'lift',
        type: 'moved',
        source: 'lift-1',
        data: { n: 2 },
      },
      ...{ at: '2026-01-01T00:00:00.000Z', recordedAt: '2026-01-01T00:00:00.000Z' },
    },
  ]);
});

it('is gone when the place is from another epoch', async () => {
  expect(await page(`?after=3&epoch=${START / 1000}`)).toMatchObject({ next: 9 });
  expect(await page('?after=3&epoch=7')).toMatchObject({
    error: { code: 'gone', details: { epoch: START / 1000, oldest: 1 } },
  });
});

it.each([
  ['?after=3&epoch=7', 'that seq is from another epoch'],
  ['?after=10000', 'that seq is beyond the newest event'],
])('says of %s why it is gone', async (query, why) => {
  expect(await page(query)).toMatchObject({ error: { code: 'gone', message: expect.stringContaining(why) as string } });
});

it.each(['?after=1&before=3', '?epoch=1'])('refuses %s', async (query) => {
  expect(await page(query)).toMatchObject({ error: { code: 'invalidRequest' } });
});

it('keeps passwords and telephone numbers in the box', async () => {
  await gateway.events({
    domain: 'intercom',
    type: 'visitor',
    data: { flat: '301', password: '1234', caller: { phone: '1' } },
  });
  const { items } = await page('?domain=intercom');
  expect(items).toMatchObject([{ data: { flat: '301', caller: {} } }]);
  expect(JSON.stringify(items)).not.toContain('1234');
});
