/** What a person says that a register shows: as its dial would show it, or why it cannot be. Pure. */
import { compare, parseDecimal } from '../../../drivers/bytes/decimal.ts';
import type { Meter } from '../model.ts';
import { assess, isDoubt } from '../rules/plausible.ts';
import { asOnDial, capacity, type Sighting } from '../rules/register.ts';
import type { Words } from '../rules/words.ts';
import { instantOf, localOf } from '../rules/zone.ts';

export type Entered = { readonly ok: true; readonly value: string } | { readonly ok: false; readonly words: Words };

/** Digits, and behind a point no more of them than the register has. */
export function valueOnDial(meter: Meter, text: string): Entered {
  const { digits, decimals } = meter;
  if (text.startsWith('-')) return wrong(`读数为负：${text}`, `it is negative: ${text}`);
  const value = /^\d+(\.\d+)?$/.test(text) ? parseDecimal(text) : null;
  if (value === null) return wrong(`“${text}”不是读数`, `"${text}" is no number such as 123.45`);
  if ((text.split('.')[1]?.length ?? 0) > decimals) {
    return wrong(`该表只有 ${decimals} 位小数：${text}`, `its register has ${decimals} decimals, not those of ${text}`);
  }
  if (compare(value, capacity(meter)) >= 0) {
    return wrong(`该表只有 ${digits} 位整数：${text}`, `its register has ${digits} digits before the point: ${text}`);
  }
  return { ok: true, value: asOnDial(value, meter) };
}

/** Null: it was there, and the time has come. `at`, `now`: Unix milliseconds. `zone`: IANA name. */
export function wrongTime(meter: Meter, at: number, now: number, zone: string): Words | null {
  const when = localOf(at, zone).replace('T', ' ');
  if (at > now) return { zh: `${when} 尚未到`, en: `${when} is in the future` };
  if (at < instantOf(meter.installedAt, zone)) {
    return { zh: `${when} 时该表尚未安装`, en: `at ${when} it was not there yet` };
  }
  if (meter.removedAt !== null && at > instantOf(meter.removedAt, zone)) {
    return { zh: `${when} 时该表已拆除`, en: `at ${when} it was removed already` };
  }
  return null;
}

/** Null: it fits between the good values next to it. */
export function misfit(meter: Meter, seen: Sighting, neighbours: readonly (Sighting | null)[]): Words | null {
  for (const good of neighbours) {
    const found = assess(meter, { good, lines: [] }, seen);
    if (isDoubt(found)) return found.words;
  }
  return null;
}

function wrong(zh: string, en: string): Entered {
  return { ok: false, words: { zh, en } };
}
