/** Devices: faults, contacts, power cuts, and their raw words. */
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { faultsSchema } from '../wire/faults.ts';
import { findDevice, findModbusDevice, lineOf, NotFound } from './lookup.ts';
import type { Controlled } from './controlled.ts';

const table = z.enum(['coil', 'discrete', 'input', 'holding']);
const address = z.coerce.number().int().min(0).max(65_535);
const query = z.strictObject({ table, address, count: z.coerce.number().int().min(1).max(2_000).default(1) });
const words = z.strictObject({ table, address, words: z.array(z.int().min(0).max(65_535)).min(1).max(2_000) });
const contact = z.union([
  z.strictObject({ pressMs: z.number().min(1).max(600_000), bounceMs: z.number().min(0).max(1_000).default(0) }),
  z.strictObject({ level: z.boolean() }),
]);
const sinceQuery = z.object({ since: z.coerce.number().int().min(0).default(0) });

interface Id {
  readonly Params: { readonly id: string };
}

function contactRoute(server: FastifyInstance, { community, announce }: Controlled): void {
  server.post<{ Params: { id: string; channel: string } }>('/devices/:id/contacts/:channel', ({ params, body }) => {
    const device = findDevice(community, params.id);
    if (device.contacts === undefined) throw new NotFound(`${device.id} has no contacts`);
    const channel = z.coerce.number().int().min(0).parse(params.channel);
    const wanted = contact.parse(body);
    const now = community.clock.monotonic();
    if ('level' in wanted) device.contacts.set(channel, wanted.level, now);
    else device.contacts.press(channel, wanted.pressMs, now, wanted.bounceMs);
    announce(`${device.id} contact ${channel}: ${JSON.stringify(wanted)}`);
    return { device: device.id, channel, ...wanted };
  });
}

function wordRoutes(server: FastifyInstance, { community }: Controlled): void {
  server.get<Id>('/devices/:id/words', ({ params, query: asked }) => {
    const device = findModbusDevice(community, params.id);
    const { table, address, count } = query.parse(asked);
    device.advance(community.clock.monotonic());
    return { table, address, words: device.image.read(table, address, count) };
  });

  server.put<Id>('/devices/:id/words', ({ params, body }) => {
    const device = findModbusDevice(community, params.id);
    const set = words.parse(body);
    device.image.put(set.table, set.address, set.words);
    return set;
  });
}

export function deviceRoutes(server: FastifyInstance, controlled: Controlled): void {
  const { community, announce } = controlled;
  server.put<Id>('/devices/:id/faults', ({ params, body }) => {
    const device = findDevice(community, params.id);
    const faults = faultsSchema.omit({ echo: true, halfOpen: true }).parse(body);
    lineOf(community, device).behaviour.setDeviceFaults(device.id, faults);
    announce(`${device.id} has the faults ${JSON.stringify(faults)}`);
    return { device: device.id, faults };
  });

  server.post<Id>('/devices/:id/restart', ({ params }) => {
    const device = findDevice(community, params.id);
    device.restart?.(community.clock.monotonic());
    announce(`${device.id} has restarted`);
    return { device: device.id };
  });

  server.get('/ledger', (request) => {
    const { since } = sinceQuery.parse(request.query);
    community.advance();
    return { dropped: community.ledger.dropped, edges: community.ledger.since(since) };
  });

  contactRoute(server, controlled);
  wordRoutes(server, controlled);
}
