/** Where a bus is, in words. */
import type { BusConfig } from '../../config/schema.ts';

/** `var/sim/meters-1`; `10.0.0.7:502, Modbus TCP`. */
export function placeOf(bus: BusConfig): string {
  switch (bus.type) {
    case 'serial':
      return bus.path;
    case 'tcp-serial':
      return `${bus.host}:${bus.port}, serial behind it`;
    case 'modbus-tcp':
      return `${bus.host}:${bus.port}, Modbus TCP`;
  }
}

/** The same, with what a serial port is set to: `var/sim/meters-1 9600 8N1`. */
export function addressOf(bus: BusConfig): string {
  return bus.type === 'serial' ? `${placeOf(bus)} ${bus.baud} ${bus.format}` : placeOf(bus);
}
