import { expect, it } from 'vitest';
import type { Reading } from '../contract.ts';
import { parseModbusProfile } from './parse-profile.ts';
import { SettingsWatch } from './settings-watch.ts';

const AT = 1_768_435_200_000;

function watching(): SettingsWatch {
  const point = { nameZh: '点', poll: 'fast', type: 'bool' };
  const coil = (key: string, address: number) => ({ ...point, key, table: 'coil', address, access: 'rw' });
  const parsed = parseModbusProfile({
    ...{ id: 'io', driver: 'modbus', maker: 'none', model: 'io', nameZh: '模块', verified: 'second-hand' },
    manual: { title: 'none', edition: 'none', pages: '1' },
    points: [
      coil('counting', 0),
      coil('relay', 1),
      { ...point, key: 'count', table: 'input', address: 0, type: 'u32', channel: 0, role: 'counter' },
      {
        ...point,
        key: 'mode',
        table: 'holding',
        address: 0,
        type: 'u16',
        access: 'rw',
        enum: { 0: 'level', 1: 'count' },
      },
    ],
    actions: [{ key: 'open', nameZh: '开', steps: [{ pulse: 'relay', ms: 500 }] }],
    setup: [
      { point: 'counting', value: true },
      { point: 'relay', value: false },
      { point: 'mode', value: 1 },
    ],
  });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.mistakes));
  return new SettingsWatch(parsed.profile);
}

const shows = (point: string, value: number | boolean | string, quality: Reading['quality'] = 'good') => [
  { point, value, quality, at: AT },
];

it('tells once that a setting is lost, until the device has been set up again', () => {
  const watch = watching();
  watch.begin(['counting', 'relay', 'mode']);
  expect(watch.isLost(shows('counting', true))).toBe(false);
  expect(watch.isLost(shows('counting', false))).toBe(true);
  expect(watch.isLost(shows('counting', false))).toBe(false);
  watch.begin(['counting', 'relay', 'mode']);
  expect(watch.isLost(shows('counting', false))).toBe(true);
});

it('knows it by a counter that begins again, and not by one that is read for the first time', () => {
  const watch = watching();
  watch.begin(['counting']);
  expect(watch.isLost(shows('count', 5))).toBe(false);
  expect(watch.isLost(shows('count', 6))).toBe(false);
  expect(watch.isLost(shows('count', 0))).toBe(true);
  watch.begin(['counting']);
  expect(watch.isLost(shows('count', 0))).toBe(false);
});

it('takes the name of a value for the number that a profile wants', () => {
  const watch = watching();
  watch.begin(['mode']);
  expect(watch.isLost(shows('mode', 'count'))).toBe(false);
  expect(watch.isLost(shows('mode', 'level'))).toBe(true);
});

it('knows it by a value that the profile has no name for', () => {
  const watch = watching();
  watch.begin(['mode']);
  expect(watch.isLost(shows('mode', 7, 'uncertain'))).toBe(true);
});

it.each([
  ['what the device has refused', ['relay'], shows('counting', false)],
  ['what an action writes: a relay that is pulsed is on for a moment', ['counting', 'relay'], shows('relay', true)],
  ['what could not be read', ['counting'], shows('counting', false, 'bad')],
  ['a counter of a device that holds nothing', [], [...shows('count', 5), ...shows('count', 0)]],
])('passes over %s', (_, held, readings) => {
  const watch = watching();
  watch.begin(held);
  expect(watch.isLost(readings)).toBe(false);
});
