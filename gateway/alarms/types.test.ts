import { expect, it } from 'vitest';
import { alarmKey, channelOf } from './types.ts';

it.each([
  ['lift-3-2', 'lift.carAlarm', null],
  ['pump-mid', 'pump.fault', 'drive'],
  ['home--3', 'home.intrusion', 'front-door'],
  ['home-3', 'home.intrusion', 'a--b'],
])('the channel of an alarm of %s is found again in its key', (source, type, channel) => {
  expect(channelOf(alarmKey(source, type, channel), source)).toBe(channel);
});
