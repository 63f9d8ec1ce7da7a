/** One line, one owner. */
import { isIPv6 } from 'node:net';
import { resolve } from 'node:path';
import type { CheckInput } from './input.ts';
import type { Lost } from '../lost.ts';
import { error, type Finding } from '../mistakes/mistake.ts';
import type { BusConfig } from '../schema.ts';
import { byteMs } from '../wire-time.ts';

/** Modbus over Serial Line V1.02, 2.5.1.1: a longer pause than this inside a frame may end it. */
const PAUSE_CHARACTERS = 1.5;

export function checkBuses({ config, realPaths, lost }: CheckInput): Finding[] {
  return [
    ...oneOwnerEach(config.buses, realPaths, lost),
    ...config.buses.flatMap((bus, index) => [...checkRests(bus, index, lost), ...checkPauses(bus, index, lost)]),
  ];
}

function oneOwnerEach(buses: readonly BusConfig[], realPaths: CheckInput['realPaths'], lost: Lost): Finding[] {
  const owners = new Map<string, BusConfig>();
  return buses.flatMap((bus, index) => {
    if (lost.anyOf(['buses', index], ['path', 'host', 'port'])) return [];
    const line = lineOf(bus, realPaths);
    const owner = owners.get(line);
    if (!owner) {
      owners.set(line, bus);
      return [];
    }
    const key = bus.type === 'serial' ? 'path' : 'port';
    const message = `bus ${JSON.stringify(bus.id)} is on ${line}, which bus ${JSON.stringify(owner.id)} owns already`;
    return [error(['buses', index, key], message, 'put the devices of both on one bus, or mend the address of one')];
  });
}

/** What can have one owner only: the port itself where it is reached through links, or a host's TCP port. */
function lineOf(bus: BusConfig, realPaths: CheckInput['realPaths']): string {
  if (bus.type === 'serial') return realPaths.get(bus.path) ?? resolve(bus.path);
  return `${hostOf(bus)}:${bus.port}`;
}

/** As it is written by everybody. */
function hostOf({ host }: { readonly host: string }): string {
  const [address = '', zone] = host.split('%');
  if (isIPv6(address)) return [new URL(`http://[${address}]`).hostname.slice(1, -1), ...(zone ? [zone] : [])].join('%');
  const name = host.toLowerCase().replace(/\.$/, '');
  return name === 'localhost' ? '127.0.0.1' : name;
}

function checkRests({ breaker: { firstBackoffMs, maxBackoffMs } }: BusConfig, index: number, lost: Lost): Finding[] {
  if (maxBackoffMs >= firstBackoffMs || lost.touches(['buses', index, 'breaker'])) return [];
  const message = `the longest rest (${maxBackoffMs} ms) is shorter than the first (${firstBackoffMs} ms)`;
  return [error(['buses', index, 'breaker', 'maxBackoffMs'], message, `at least ${firstBackoffMs}`)];
}

function checkPauses(bus: BusConfig, index: number, lost: Lost): Finding[] {
  if (lost.anyOf(['buses', index], ['baud', 'format'])) return [];
  const pauseMs = bus.type === 'modbus-tcp' ? 0 : PAUSE_CHARACTERS * byteMs(bus.baud, bus.format);
  if (bus.interByteTimeoutMs >= pauseMs) return [];
  const message = `${bus.interByteTimeoutMs} ms is shorter than the pause that a reply may have inside at this baud rate`;
  return [error(['buses', index, 'interByteTimeoutMs'], message, `at least ${Math.ceil(pauseMs)}`)];
}
