/** Where a line is, so that two can be compared that are written differently. */
import { lookup } from 'node:dns/promises';
import { realpath } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { BusConfig } from '../../config/schema.ts';

/** A serial port by its path, or what listens at a host and TCP port. */
export type Place = { readonly path: string } | { readonly host: string; readonly port: number };

export function placeOf(bus: BusConfig): Place {
  return bus.type === 'serial' ? { path: bus.path } : { host: bus.host, port: bus.port };
}

/** Links and the names of hosts are followed: `/dev/serial/by-id/…` and `/dev/ttyUSB0`, `localhost` and `127.0.0.1`. */
export async function isSamePlace(one: Place, other: Place): Promise<boolean> {
  if ('path' in one) return 'path' in other && (await portOf(one.path)) === (await portOf(other.path));
  if ('path' in other || one.port !== other.port) return false;
  const [those, these] = await Promise.all([addressesOf(one.host), addressesOf(other.host)]);
  return those.some((address) => these.includes(address));
}

/** A port that is unplugged is where its name says. */
function portOf(path: string): Promise<string> {
  return realpath(path).catch(() => resolve(path));
}

/** A name that nobody knows is the same as itself alone. */
async function addressesOf(host: string): Promise<readonly string[]> {
  const found = await lookup(host, { all: true }).catch(() => [{ address: host.toLowerCase() }]);
  return found.map(({ address }) => (address === '::1' ? '127.0.0.1' : address));
}
