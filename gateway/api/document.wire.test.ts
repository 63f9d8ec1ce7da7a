/** The examples of docs/api.md, asked in their order of the site that they are about. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { drivers } from '../../drivers/index.ts';
import { loadConfiguration } from '../config/load.ts';
import { createGateway, type TestGateway } from './testing/gateway.ts';

const docs = readFileSync(join(import.meta.dirname, '../../docs/api.md'), 'utf8');
const examples = [...docs.matchAll(/`curl ([^`]*\$api[^`]*)`/g)].map(([, line = '']) => ({
  url: `/api/v1${/\$api([^"'\s]*)/.exec(line)?.[1] ?? ''}`,
  body: /-d '([^']*)'/.exec(line)?.[1],
}));

let gateway: TestGateway;
beforeAll(async () => {
  const loaded = await loadConfiguration('config/site.yaml', drivers);
  if (!loaded.ok) throw new Error('the example site has mistakes');
  gateway = await createGateway({ config: () => loaded.config });
});
afterAll(() => gateway.close());

describe('an example of docs/api.md names what the example site has', () => {
  // A stream has no end.
  it.each(examples.filter(({ url }) => !url.endsWith('/stream')))('$url $body', async ({ url, body }) => {
    const answer = await gateway.app.inject(
      body === undefined ? url : { method: 'POST', url, payload: JSON.parse(body) as object },
    );
    // Nothing has happened on this site: there is nothing to acknowledge, and no button was pressed.
    expect(answer.statusCode).toBe(body === undefined ? 200 : /\/(alarms|lifts)\//.test(url) ? 409 : 202);
  });
});
