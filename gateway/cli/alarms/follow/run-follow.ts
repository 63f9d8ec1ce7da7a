/** `alarms --follow`: shows a mirror of all alarms until it is broken off; SIGUSR1 asks for the whole of it. */
import { randomUUID } from 'node:crypto';
import { systemClock } from '../../../clock.ts';
import { interruption } from '../../interruption.ts';
import { brokerFor, NO_NAMES, siteFor } from '../../mqtt/address.ts';
import type { FeedOptions } from '../../mqtt/options.ts';
import { AlarmMirror } from '../mirror/alarm-mirror.ts';
import { follow } from './follow.ts';
import { jsonView } from './json-view.ts';
import { textView } from './text-view.ts';

export interface FollowOptions extends FeedOptions {
  readonly json?: boolean;
}

export async function runFollow(options: FollowOptions): Promise<void> {
  const site = await siteFor(options);
  const address = await brokerFor(options, site);
  const mirror = new AlarmMirror(`follow-${randomUUID()}`);
  const view = options.json ? jsonView() : textView(site ?? NO_NAMES, () => systemClock.now());
  process.on('SIGUSR1', () => view.mirror(mirror.snapshot()));
  await follow(address, { mirror, view, clock: systemClock }, interruption());
  // Its last words: what it has, for whoever compares.
  if (options.json) view.mirror(mirror.snapshot());
}
