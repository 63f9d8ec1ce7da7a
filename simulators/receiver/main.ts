/** The receiver of a monitoring station as a process of its own: what it receives are JSON lines on standard output. */
import { createInterface } from 'node:readline';
import { Command, InvalidArgumentError, Option } from 'commander';
import { FAULTS, type Fault } from './answer.ts';
import { startReceiver } from './receiver.ts';

interface Arguments {
  readonly port: number;
  readonly key?: Buffer;
  readonly account?: string[];
  readonly fault: Fault;
}

function port(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0 || value > 65_535) throw new InvalidArgumentError('a port, 0 to 65535');
  return value;
}

function key(text: string): Buffer {
  if (!/^(?:[0-9a-f]{32}|[0-9a-f]{48}|[0-9a-f]{64})$/i.test(text))
    throw new InvalidArgumentError('32, 48 or 64 hex digits');
  return Buffer.from(text, 'hex');
}

const given = new Command('receiver')
  .description(
    'A simulated receiver of alarms (SIA DC-09), on TCP and UDP of loopback. A line on standard input names the fault that it has ' +
      `from then on: ${FAULTS.join(', ')}.`,
  )
  .option('--port <port>', 'of both TCP and UDP; 0: any that is free', port, 12_300)
  .option('--key <hex>', 'AES key: only what is encrypted with it is acknowledged', key)
  .option('--account <account...>', 'the accounts that it knows; default: any')
  .addOption(new Option('--fault <fault>', 'what it does wrong').choices(FAULTS).default('none'))
  .parse()
  .opts<Arguments>();

const receiver = await startReceiver({
  port: given.port,
  key: given.key ?? null,
  accounts: given.account ?? null,
  onReceived: (entry) => console.log(JSON.stringify(entry)),
});
receiver.fault(given.fault);
console.log(JSON.stringify({ ready: true, port: receiver.port }));

const orders = createInterface(process.stdin).on('line', (line) => {
  const fault = FAULTS.find((name) => name === line.trim());
  if (fault) receiver.fault(fault);
  else console.error(`no such fault: ${line}; there are ${FAULTS.join(', ')}`);
});
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => {
    orders.close();
    process.stdin.destroy();
    void receiver.close();
  });
