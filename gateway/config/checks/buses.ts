/** One line, one owner. */
import { resolve } from 'node:path';
import type { CheckInput } from './input.ts';
import { error, type Finding } from '../mistakes/mistake.ts';
import type { BusConfig } from '../schema.ts';
import { byteMs } from '../wire-time.ts';

/** Modbus over Serial Line V1.02, 2.5.1.1: a longer pause than this inside a frame may end it. */
const PAUSE_CHARACTERS = 1.5;

export function checkBuses({ config, realPaths }: CheckInput): Finding[] {
  return [...oneOwnerEach(config.buses, realPaths), ...config.buses.flatMap(checkTimes)];
}

function oneOwnerEach(buses: readonly BusConfig[], realPaths: CheckInput['realPaths']): Finding[] {
  const owners = new Map<string, BusConfig>();
  return buses.flatMap((bus, index) => {
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
  const host = bus.host.toLowerCase();
  return `${host === 'localhost' ? '127.0.0.1' : host}:${bus.port}`;
}

function checkTimes(bus: BusConfig, index: number): Finding[] {
  const findings: Finding[] = [];
  const { firstBackoffMs, maxBackoffMs } = bus.breaker;
  if (maxBackoffMs < firstBackoffMs) {
    const message = `the longest rest (${maxBackoffMs} ms) is shorter than the first (${firstBackoffMs} ms)`;
    findings.push(error(['buses', index, 'breaker', 'maxBackoffMs'], message, `at least ${firstBackoffMs}`));
  }
  const pauseMs = bus.type === 'modbus-tcp' ? 0 : PAUSE_CHARACTERS * byteMs(bus.baud, bus.format);
  if (bus.interByteTimeoutMs < pauseMs) {
    const message = `${bus.interByteTimeoutMs} ms is shorter than the pause that a reply may have inside at this baud rate`;
    findings.push(error(['buses', index, 'interByteTimeoutMs'], message, `at least ${Math.ceil(pauseMs)}`));
  }
  return findings;
}
