/** What a value information block says: its quantity, its unit, its scale, and what modifies them. */
import type { RawRecord } from './raw-record.ts';
import { latin1FromEnd } from './text.ts';
import { FB_VIFS } from './vif-fb.ts';
import { FD_FD_VIFS, FD_VIFS } from './vif-fd.ts';
import { PRIMARY_VIFS } from './vif-primary.ts';
import { single, type VifMeaning } from './vif-row.ts';

const WITHOUT_EXTENSION = 0x7f;
const FIRST_EXTENSION = 0xfb;
const SECOND_EXTENSION = 0xfd;
const PLAIN_TEXT = 0x7c;
const MANUFACTURER_SPECIFIC = 0x7f;

export interface ValueInformation {
  /** Null where the standard reserves the code. */
  readonly meaning: VifMeaning | null;
  /** The VIFEs that modify it; those of a manufacturer specific VIF are the manufacturer's. */
  readonly combinable: Uint8Array;
}

export function valueInformation({ vif, vifes, plainText }: RawRecord): ValueInformation {
  const code = vif & WITHOUT_EXTENSION;
  const [first = 0, second = 0] = vifes;
  if (vif === FIRST_EXTENSION) return { meaning: found(FB_VIFS, first), combinable: vifes.subarray(1) };
  if (vif === SECOND_EXTENSION && first === SECOND_EXTENSION) {
    return { meaning: found(FD_FD_VIFS, second), combinable: vifes.subarray(2) };
  }
  if (vif === SECOND_EXTENSION) return { meaning: found(FD_VIFS, first), combinable: vifes.subarray(1) };
  if (code === PLAIN_TEXT) {
    const text = latin1FromEnd(plainText);
    const [, meaning] = single(code, text, { unit: text });
    return { meaning, combinable: vifes };
  }
  const combinable = code === MANUFACTURER_SPECIFIC ? new Uint8Array(0) : vifes;
  return { meaning: found(PRIMARY_VIFS, code), combinable };
}

function found(table: ReadonlyMap<number, VifMeaning>, code: number): VifMeaning | null {
  return table.get(code & WITHOUT_EXTENSION) ?? null;
}
