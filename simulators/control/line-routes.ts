/** Lines: what there is, pulling and putting back, faults. */
import type { FastifyInstance } from 'fastify';
import { isModbus } from '../modbus/rtu-device.ts';
import { faultsSchema } from '../wire/faults.ts';
import type { Line } from '../wire/line.ts';
import { findLine } from './lookup.ts';
import type { Controlled } from './controlled.ts';

function describe(line: Line) {
  const { id, type, address, plugged, behaviour, devices } = line;
  return {
    id,
    type,
    ...address,
    plugged,
    faults: behaviour.faults,
    statistics: behaviour.statistics,
    devices: devices.map((device) => ({
      id: device.id,
      ...(isModbus(device) ? { unit: device.unit } : { address: device.address, protocol: device.protocol.name }),
      model: device.model,
      faults: behaviour.deviceFaults(device.id),
      ...(device.contacts && { contacts: levels(device.contacts) }),
    })),
  };
}

function levels(contacts: { readonly channels: number; level(channel: number): boolean }): boolean[] {
  return Array.from({ length: contacts.channels }, (_, channel) => contacts.level(channel));
}

interface Id {
  readonly Params: { readonly id: string };
}

export function lineRoutes(server: FastifyInstance, { community, announce }: Controlled): void {
  server.get('/state', () => {
    community.advance();
    return { lines: community.lines.map(describe) };
  });

  server.post<Id>('/lines/:id/unplug', async ({ params }) => {
    const line = findLine(community, params.id);
    await line.unplug();
    announce(`line ${line.id} is unplugged`);
    return describe(line);
  });

  server.post<Id>('/lines/:id/plug', async ({ params }) => {
    const line = findLine(community, params.id);
    await line.plug();
    announce(`line ${line.id} is plugged in`);
    return describe(line);
  });

  server.put<Id>('/lines/:id/faults', ({ params, body }) => {
    const line = findLine(community, params.id);
    line.behaviour.faults = faultsSchema.parse(body);
    announce(`line ${line.id} has the faults ${JSON.stringify(line.behaviour.faults)}`);
    return describe(line);
  });
}
