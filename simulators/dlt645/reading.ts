/** Reading, with the frames that follow where it does not fit into one. */
import type { LocalMs } from '../metering/local-time.ts';
import { ERROR, done, refused, type Answer } from './answer.ts';
import type { Data } from './coded.ts';
import { item1997 } from './items-1997.ts';
import { item2007 } from './items-2007.ts';
import type { MeterState } from './state.ts';

const MAX_DATA = 200;

interface Asked {
  /** Highest byte first. */
  readonly di: string;
  /** As on the wire. */
  readonly bytes: Data;
}

function asked(data: Data, length: number): Asked | null {
  const bytes = data.slice(0, length);
  return bytes.length < length ? null : { di: Buffer.from(bytes).reverse().toString('hex').toUpperCase(), bytes };
}

function itemOf(meter: MeterState, di: string, local: LocalMs): Data | null {
  const { overrides = {}, version } = meter.options;
  const override = overrides[di];
  if (override !== undefined) return override === null ? null : [...Buffer.from(override, 'hex')];
  return version === '1997' ? item1997(meter, di, local) : item2007(meter, di, local);
}

/** Cuts `data` into what fits into a frame with the identifier and, from the second on, a number. */
function cut(data: Data, identifier: number, maxData: number): number[][] {
  const room = Math.max(1, maxData - identifier - 1);
  return Array.from({ length: Math.max(1, Math.ceil(data.length / room)) }, (_, i) =>
    data.slice(i * room, (i + 1) * room),
  );
}

/** 11H; 1997: 01H. `identifier` is how many bytes name an item. */
export function read(meter: MeterState, data: Data, local: LocalMs, identifier: 2 | 4): Answer {
  const what = asked(data, identifier);
  const item = what === null ? null : itemOf(meter, what.di, local);
  if (what === null || item === null) return refused(ERROR.noSuchData);
  const [first = [], ...others] = cut(item, identifier, meter.options.maxData ?? MAX_DATA);
  if (others.length === 0) return done([...what.bytes, ...first]);
  meter.followOn.clear();
  meter.followOn.set(what.di, others);
  return { kind: 'data', data: [...what.bytes, ...first], more: true };
}

/** 12H with the number of the frame, from 1 on. It can be asked for again until something else is read. */
export function readMore2007(meter: MeterState, data: Data): Answer {
  const what = asked(data, 4);
  const sequence = data[4] ?? 0;
  const parts = what === null ? undefined : meter.followOn.get(what.di);
  const part = parts?.[sequence - 1];
  if (what === null || parts === undefined || part === undefined) return refused(ERROR.noSuchData);
  return { kind: 'data', data: [...what.bytes, ...part, sequence], more: sequence < parts.length };
}

/** 02H, without a number: what comes next. */
export function readMore1997(meter: MeterState, data: Data): Answer {
  const what = asked(data, 2);
  const [part, ...others] = (what === null ? undefined : meter.followOn.get(what.di)) ?? [];
  if (what === null || part === undefined) return refused(ERROR.noSuchData);
  meter.followOn.set(what.di, others);
  return { kind: 'data', data: [...what.bytes, ...part], more: others.length > 0 };
}
