/** Where a bus is, in words. */
import type { BusConfig } from '../../config/schema.ts';

export function addressOf(bus: BusConfig): string {
  switch (bus.type) {
    case 'serial':
      return `${bus.path} ${bus.baud} ${bus.format}`;
    case 'tcp-serial':
      return `${bus.host}:${bus.port}, serial behind it`;
    case 'modbus-tcp':
      return `${bus.host}:${bus.port}, Modbus TCP`;
  }
}
