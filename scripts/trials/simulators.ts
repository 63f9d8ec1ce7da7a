/** The metered homes as a process, and what their control port says: the meters, the time, and what stands on each dial. */
import { z } from 'zod';
import { startProgram, until } from '../../gateway/testing/programs.ts';
import type { Stoppable } from '../benchmarks/processes/scope.ts';
import type { TrialOptions } from './options.ts';

const meterAnswer = z.object({
  id: z.string(),
  home: z.string().nullable(),
  utility: z.string(),
  trouble: z.string().nullable(),
});
const metersAnswer = z.object({ meters: z.array(meterAnswer) });
const timeAnswer = z.object({ local: z.string(), unixMs: z.number(), speed: z.number() });
const dialAnswer = z.object({ dial: z.record(z.string(), z.union([z.string(), z.boolean()])) });

export type SimulatedMeter = z.infer<typeof meterAnswer>;
/** By OBIS what the registers show; `clock` what the meter's own clock shows; `passed` what has really gone through it. */
export type Dial = z.infer<typeof dialAnswer>['dial'];

export interface Simulators {
  readonly control: string;
  readonly meters: () => Promise<readonly SimulatedMeter[]>;
  readonly time: () => Promise<z.infer<typeof timeAnswer>>;
  /** Simulated seconds a second, from now on. */
  readonly setSpeed: (speed: number) => Promise<void>;
  /** `at`: local time, as `2026-11-01T00:00:00`, which has been. */
  readonly dial: (meter: string, at: string) => Promise<Dial>;
}

const CONTROL_PORT = 15_000;

/** `start`: local time; `speed`: simulated seconds a second. Resolves when every line answers. */
export async function startSimulators(
  options: TrialOptions,
  start: string,
  speed: number,
): Promise<Simulators & Stoppable> {
  const { homes, homesPerLine, portOffset, folder } = options;
  const size = ['--size', 'metering', '--homes', String(homes), '--homes-per-line', String(homesPerLine)];
  // Their meters hang on one line for all of them.
  const heated = ['--heated-homes', String(Math.ceil(homesPerLine / 3))];
  const where = ['--no-pty', '--root', folder, '--port-offset', String(portOffset)];
  const time = ['--start', start, '--speed', String(speed)];
  const program = startProgram(
    process.execPath,
    ['simulators/main.ts', ...size, ...heated, ...where, ...time],
    'nodejs',
  );
  const ready = (): boolean => /^\{"ready":true/m.test(program.output());
  await until(() => ready() || program.child.exitCode !== null, 'the homes to be there', 60_000);
  if (!ready()) throw new Error(`the simulators did not start:\n${program.output()}`);
  return { ...simulatorsAt(`http://127.0.0.1:${CONTROL_PORT + portOffset}`), stop: program.stop };
}

/** Those that run. */
export function simulatorsAt(control: string): Simulators {
  const ask = async <S extends z.ZodType>(schema: S, path: string, init?: RequestInit): Promise<z.output<S>> => {
    const response = await fetch(`${control}${path}`, init);
    if (!response.ok) throw new Error(`${path}: ${await response.text()}`);
    return schema.parse(await response.json());
  };
  const headers = { 'content-type': 'application/json' };
  return {
    control,
    meters: async () => (await ask(metersAnswer, '/meters')).meters,
    time: () => ask(timeAnswer, '/time'),
    setSpeed: async (speed) => {
      await ask(timeAnswer, '/time', { method: 'PUT', headers, body: JSON.stringify({ speed }) });
    },
    dial: async (meter, at) => (await ask(dialAnswer, `/devices/${meter}/dial?at=${at}`)).dial,
  };
}
