/** What a person is told of a configuration that is not, or not wholly, in force. */
import { expect, it, onTestFinished } from 'vitest';
import { createSite, type SiteSketch } from './testing/site.ts';

const SKETCH: SiteSketch = {
  buses: [{ id: 'b', type: 'modbus-tcp', host: '127.0.0.1', port: 1 }],
  devices: [{ id: 'p', bus: 'b', unit: 1, profile: 'pressure-transmitter' }],
};

interface Health {
  readonly checks: readonly { readonly name: string; readonly status: string; readonly words: string }[];
}

async function running() {
  const site = createSite(SKETCH);
  const gateway = await site.start();
  onTestFinished(() => gateway.stop());
  const told = async (sketch: SiteSketch) => {
    site.write(sketch);
    await gateway.reload();
    const health = (await (await fetch(`${gateway.apiUrl}/api/v1/health`)).json()) as Health;
    return health.checks.find(({ name }) => name === 'configuration');
  };
  const counted = async () => {
    const metrics = await (await fetch(`${gateway.apiUrl}/api/v1/metrics`)).text();
    return [...metrics.matchAll(/^gatehouse_configuration_\S+ \d+$/gm)].map(([line]) =>
      line.replace(/^gatehouse_/, ''),
    );
  };
  return { site, gateway, told, counted };
}

it('a refused configuration is named with its place until the files are right again', async () => {
  const { site, gateway, told } = await running();
  const devices = [{ id: 'p', bus: 'nowhere', unit: 1, profile: 'pressure-transmitter' }];
  expect(await told({ ...SKETCH, devices })).toMatchObject({
    status: 'degraded',
    words: expect.stringMatching(/not in force: .*site\.yaml:\d+: .*nowhere/) as string,
  });
  expect(gateway.config().devices[0]?.bus).toBe('b');
  expect(await told(SKETCH)).toMatchObject({ status: 'ok' });
  expect(site.log().map(({ msg }) => msg)).toContain('the configuration has no mistakes any more');
});

it('a setting waits for a restart until it is as the process was started with, however often the file changes', async () => {
  const { gateway, told } = await running();
  const waits = { status: 'degraded', words: 'waits for a restart: the broker' };
  expect(await told({ ...SKETCH, broker: { port: 1999 } })).toMatchObject(waits);
  expect(await told({ ...SKETCH, broker: { port: 1999 }, poll: { slow: 9_000 } })).toMatchObject(waits);
  expect(gateway.config().poll.slow).toBe(9_000);
  expect(await told(SKETCH)).toMatchObject({ status: 'ok' });
});

it('who may cut a supply, and how bills are made, is in force at once, without anything else that changes', async () => {
  const { gateway, told } = await running();
  expect(await told({ ...SKETCH, supply: { confirmMin: 7 } })).toMatchObject({ status: 'ok' });
  expect(gateway.config().supply.confirmMin).toBe(7);
  await told({ ...SKETCH, metering: { setClocks: true } });
  expect(gateway.config()).toMatchObject({ supply: { confirmMin: 10 }, metering: { setClocks: true } });
});

it('what is refused is counted, and what is applied; a file that says what runs is neither', async () => {
  const { told, counted } = await running();
  await told({ ...SKETCH, devices: [{ id: 'p', bus: 'nowhere', unit: 1, profile: 'pressure-transmitter' }] });
  await told({ ...SKETCH, devices: [{ id: 'p', bus: 'b', unit: 1, profile: 'nothing' }] });
  await told(SKETCH);
  await told({ ...SKETCH, poll: { slow: 9_000 } });
  expect(await counted()).toEqual([
    'configuration_changes_total{result="applied"} 1',
    'configuration_changes_total{result="refused"} 2',
  ]);
});
