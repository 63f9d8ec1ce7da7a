/** Metered homes: which meters there are, what stands on them at any moment, and what time it is for them. */
import { setTimeout as delay } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { UTC_OFFSET_MS, localText, parseLocal, type LocalMs } from '../metering/local-time.ts';
import { JUMP_MS, type MovableTime } from '../metering/community-time.ts';
import type { Controlled } from './controlled.ts';
import { findDevice, NotFound } from './lookup.ts';

const local = z.string().transform((text, context): LocalMs => {
  const parsed = parseLocal(text);
  if (parsed !== null) return parsed;
  context.addIssue({ code: 'custom', message: 'a local time such as 2026-11-01T00:00:00' });
  return z.NEVER;
});
const at = z.strictObject({ at: local.optional() });
/** `local` first, then the speed from there on. */
const moved = z.strictObject({ local: local.optional(), speed: z.number().positive().max(100_000).optional() });

interface Id {
  readonly Params: { readonly id: string };
}

function timeOf({ community }: Controlled): MovableTime {
  if (community.time === undefined) throw new NotFound('no homes are metered here: start with --size metering');
  return community.time;
}

function timeRoutes(server: FastifyInstance, controlled: Controlled): void {
  const { clock } = controlled.community;
  const describe = (time: MovableTime) => {
    const local = time.local(clock.monotonic());
    return { local: localText(local), unixMs: local - UTC_OFFSET_MS, speed: time.speed };
  };

  server.get('/time', () => describe(timeOf(controlled)));

  server.put('/time', async ({ body }) => {
    const time = timeOf(controlled);
    const { local: wanted, speed } = moved.parse(body);
    const now = clock.monotonic();
    if (wanted !== undefined) time.jump(now, wanted);
    if (speed !== undefined) time.setSpeed(now, speed);
    if (wanted !== undefined) await delay(JUMP_MS);
    controlled.announce(`the time of the homes is ${JSON.stringify(describe(time))}`);
    return describe(time);
  });
}

export function homeRoutes(server: FastifyInstance, controlled: Controlled): void {
  const { community, announce } = controlled;
  timeRoutes(server, controlled);

  server.get('/meters', () => ({ meters: community.meters }));

  server.get<Id>('/devices/:id/dial', ({ params, query }) => {
    const device = findDevice(community, params.id);
    const { at: asked } = at.parse(query);
    const now = community.clock.monotonic();
    const when = asked === undefined ? now : timeOf(controlled).monotonic(asked);
    // What will be said of the future may come otherwise.
    if (when > now) throw new RangeError('that is in the future');
    const dial = device.dial?.(when);
    if (dial === undefined) throw new NotFound(`${device.id} has no dial`);
    const time = community.time?.local(when);
    return { device: device.id, ...(time !== undefined && { local: localText(time) }), dial };
  });

  server.post<Id>('/devices/:id/press', ({ params }) => {
    const device = findDevice(community, params.id);
    if (device.press === undefined) throw new NotFound(`${device.id} has no button`);
    device.press(community.clock.monotonic());
    announce(`the button of ${device.id} has been pressed`);
    return { device: device.id };
  });
}
