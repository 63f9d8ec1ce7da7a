/** Modbus masters that others have written: mbpoll (libmodbus) and pymodbus. They are needed, not optional. */
import { execFile } from 'node:child_process';

/** Runs a program to its end and returns what it prints. A program that is missing or fails is an error that says so. */
export function runForeign(program: string, args: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(program, args, { timeout: 20_000 }, (error, stdout, stderr) => {
      if (error === null) resolve(stdout);
      else if (error.code === 'ENOENT')
        reject(new Error(`${program} is missing: these tests need it (Debian: mbpoll, python3-pymodbus)`));
      else reject(new Error(`${program} ${args.join(' ')} failed: ${stderr || error.message}\n${stdout}`));
    });
  });
}

/** Polls once and returns the values by their reference, counted from 0. */
export async function mbpoll(args: readonly string[]): Promise<ReadonlyMap<number, number>> {
  const printed = await runForeign('mbpoll', ['-0', '-1', '-o', '2', ...args]);
  const rows = [...printed.matchAll(/^\[(\d+)\]:\s+(-?[\d.]+)/gm)];
  if (rows.length === 0) throw new Error(`mbpoll read nothing:\n${printed}`);
  return new Map(rows.map(([, reference, value]) => [Number(reference), Number(value)]));
}

/**
 * Debian and Ubuntu have versions 2 and 3 of pymodbus, which call things differently: `rtu` is what a serial client is told
 * besides its port, `unit(1)` what a request is told.
 */
const PYMODBUS = [
  'import inspect, json, struct',
  'try:',
  '  from pymodbus.client import ModbusTcpClient, ModbusSerialClient',
  '  rtu = {}',
  'except ImportError:',
  '  from pymodbus.client.sync import ModbusTcpClient, ModbusSerialClient',
  "  rtu = {'method': 'rtu'}",
  'named = inspect.signature(ModbusTcpClient.read_coils).parameters',
  "unit = lambda n: {next((key for key in ('device_id', 'slave') if key in named), 'unit'): n}",
];

/**
 * Runs `lines` of Python with a connected pymodbus `client` and returns what they put into `result`.
 * `open` is the expression that makes the client.
 */
export async function pymodbus<T>(open: string, lines: readonly string[]): Promise<T> {
  const script = [
    ...PYMODBUS,
    'result = {}',
    `client = ${open}`,
    "assert client.connect(), 'pymodbus cannot connect'",
    ...lines,
    'client.close()',
    'print(json.dumps(result))',
  ].join('\n');
  return JSON.parse(await runForeign('/usr/bin/python3', ['-c', script])) as T;
}
