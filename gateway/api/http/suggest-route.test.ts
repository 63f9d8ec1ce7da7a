import { expect, it } from 'vitest';
import { nearestRoute } from './suggest-route.ts';

const VERBS = ['acknowledge', 'reset', 'shelve', 'unshelve', 'remove-from-service', 'place-in-service'];
const ROUTES = [
  ...['/v1/alarms', '/v1/alarms/:alarm', '/v1/alarms/groups', '/v1/devices', '/v1/devices/:device'],
  ...VERBS.map((verb) => `/v1/alarms/:alarm/${verb}`),
  '/v1/devices/:device/commands',
];

it.each([
  ['/v1/alarms/lift-1--lift-carAlarm/ack', '/v1/alarms/lift-1--lift-carAlarm/acknowledge'],
  ['/v1/alarms/a/re', '/v1/alarms/a/reset'],
  ['/v1/alarms/a/resett', '/v1/alarms/a/reset'],
  ['/v1/alarm/a/reset', '/v1/alarms/a/reset'],
  ['/v1/device', '/v1/devices'],
  ['/v1/devces/pump', '/v1/devices/pump'],
  ['/v1/device/pump/command', undefined],
  ['/v1/alarms/a/silence-it', undefined],
  ['/v1/alarms/a/b/c', undefined],
  ['/', undefined],
])('%s was meant to be %s', (path, meant) => {
  expect(nearestRoute(path, ROUTES)).toBe(meant);
});
