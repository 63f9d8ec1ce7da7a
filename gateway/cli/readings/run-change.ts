/** What people decide about readings, note, or have read. */
import { z } from 'zod';
import { readingSchema } from '../../api/resources/meter.ts';
import { postApi } from '../api/client.ts';
import type { ChangeOptions } from '../api/options.ts';
import { EXIT, usageError } from '../exit.ts';
import { counted } from '../text/counted.ts';
import { paletteFor } from '../text/palette.ts';
import type { ReadingShown } from './reading-lines.ts';
import { shownReadings } from './shown-readings.ts';

export interface SettleOptions extends ChangeOptions {
  readonly value?: string;
  readonly confirmed?: boolean;
  readonly note: string;
}

export interface EnterOptions extends ChangeOptions {
  readonly at?: string;
  readonly estimated?: boolean;
  readonly confirmed?: boolean;
  readonly occasion?: string;
  readonly note?: string;
}

export interface MoveOptions extends ChangeOptions {
  readonly occasion: string;
  readonly value?: readonly string[];
  readonly note?: string;
}

const settledSchema = z.object({ settled: z.int() });
const movedSchema = z.object({
  meters: z.array(
    z.object({
      meter: z.string(),
      reading: readingSchema.nullable(),
      trouble: z.object({ zh: z.string(), en: z.string() }).nullable(),
    }),
  ),
});

export async function settleOne(id: number, decision: string, { value, confirmed, note, ...options }: SettleOptions) {
  const body = { decision, note, by: options.by, confirmed: confirmed ?? false, ...(value !== undefined && { value }) };
  await print(await postApi(options, `/readings/${id}/settle`, body, readingSchema), options);
}

export async function settleMeter(meter: string, decision: string, { note, ...options }: SettleOptions) {
  const answer = await postApi(options, pathOf(meter, 'settle'), { decision, note, by: options.by }, settledSchema);
  console.log(options.json ? JSON.stringify(answer) : `${counted(answer.settled, 'reading')} settled`);
}

export async function enterOne(meter: string, value: string, { at, estimated, ...options }: EnterOptions) {
  const { confirmed = false, occasion = null, note = '', by } = options;
  const quality = estimated ? 'estimated' : 'manual';
  const body = { value, quality, confirmed, occasion, note, by, ...(at !== undefined && { at }) };
  await print(await postApi(options, pathOf(meter, 'readings'), body, readingSchema), options);
}

export async function readOne(meter: string, options: ChangeOptions): Promise<void> {
  await print(await postApi(options, pathOf(meter, 'read'), { by: options.by }, readingSchema), options);
}

/** Ends with findings where a meter could not be read. */
export async function moveHome(home: string, { occasion, value = [], note = '', ...options }: MoveOptions) {
  const body = { occasion, values: valuesOf(value), note, by: options.by };
  const answer = await postApi(options, `/homes/${encodeURIComponent(home)}/move`, body, movedSchema);
  const failed = answer.meters.filter(({ trouble }) => trouble !== null);
  if (failed.length > 0) process.exitCode = EXIT.findings;
  if (options.json) {
    console.log(JSON.stringify(answer));
    return;
  }
  if (answer.meters.length === 0) {
    console.log(`${home} has no meters`);
    return;
  }
  const colours = paletteFor(process.stdout);
  const read = answer.meters.flatMap(({ reading }) => reading ?? []);
  const troubles = failed.map(({ meter, trouble }) => `${colours.bad(meter)}: ${trouble?.en ?? ''}`);
  console.log([...(read.length > 0 ? await shownReadings(read, options) : []), ...troubles].join('\n'));
}

function valuesOf(pairs: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    pairs.map((pair) => {
      const at = pair.lastIndexOf('=');
      if (at <= 0) throw usageError(`${JSON.stringify(pair)} is no meter and value`, '--value W-1202=123.4');
      return [pair.slice(0, at), pair.slice(at + 1)];
    }),
  );
}

function pathOf(meter: string, verb: string): string {
  return `/meters/${encodeURIComponent(meter)}/${verb}`;
}

async function print(reading: ReadingShown, options: ChangeOptions): Promise<void> {
  console.log(options.json ? JSON.stringify(reading) : (await shownReadings([reading], options)).join('\n'));
}
