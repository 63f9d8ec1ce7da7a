/** libmodbus's own bandwidth server, from the source that Debian ships: the far end of the Modbus TCP figures. */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort, startProgram, until } from '../../../gateway/testing/programs.ts';
import { scheduled, type Scheduling } from './scheduling.ts';
import type { Stoppable } from './scope.ts';
import { scratchFolder } from './scratch.ts';

export interface LibmodbusServer extends Stoppable {
  readonly port: number;
}

const SOURCE = '/usr/share/doc/libmodbus-dev/examples/bandwidth-server-many-up.c';
const REPLY = 'modbus_reply(ctx, query, rc, mb_mapping);';
/** Each answer differs from the one before in every register. */
const MOVE = 'for (int i = 0; i < MODBUS_MAX_READ_REGISTERS; i++) mb_mapping->tab_registers[i]++;';

/** Its port is a literal in the source, and its registers stand still: both are changed. Listens on loopback. */
export async function startLibmodbusServer(scheduling: Scheduling): Promise<LibmodbusServer> {
  const port = await freePort();
  const source = readFileSync(SOURCE, 'utf8').replace('1502', String(port)).replace(REPLY, `${MOVE} ${REPLY}`);
  const binary = join(scratchFolder('libmodbus'), 'server');
  writeFileSync(`${binary}.c`, source);
  execFileSync('cc', ['-I/usr/include/modbus', '-w', '-O2', '-o', binary, `${binary}.c`, '-lmodbus']);
  const { stop } = startProgram(...scheduled(scheduling, binary, []), 'util-linux');
  await until(() => isListening(port), 'libmodbus to listen');
  return { port, stop };
}

/** Seen in the kernel's table: to try it would use up a connection. */
function isListening(port: number): boolean {
  const address = `0100007F:${port.toString(16).toUpperCase().padStart(4, '0')} 00000000:0000 0A`;
  return readFileSync('/proc/net/tcp', 'utf8').includes(address);
}
