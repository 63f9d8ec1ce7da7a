/** A utility by every name that a table may give it. */
import { halfWidth } from '../../config/files/half-width.ts';
import { suggest } from '../../config/mistakes/suggest.ts';
import type { BilledUnit, Utility } from '../model.ts';
import { unitsOf } from '../rules/utilities.ts';
import { parsed, refused, type Parsed } from './parsed.ts';

const NAMES_ZH: Readonly<Record<Utility, readonly string[]>> = {
  electricity: ['电', '电表', '电力'],
  coldWater: ['冷水', '水', '自来水', '水表', '冷水表'],
  hotWater: ['热水', '热水表'],
  reclaimedWater: ['中水', '中水表'],
  gas: ['燃气', '气', '天然气', '燃气表'],
  heat: ['热', '热量', '热量表'],
};

const NAMES = Object.keys(NAMES_ZH) as Utility[];

const BY_NAME: ReadonlyMap<string, Utility> = new Map(
  NAMES.flatMap((utility) => [utility.toLowerCase(), ...NAMES_ZH[utility]].map((name) => [name, utility] as const)),
);

export function parseUtility(text: string): Parsed<Utility> {
  const utility = BY_NAME.get(halfWidth(text).toLowerCase());
  return utility === undefined ? refused(text, 'must be a utility', suggest(text, NAMES)) : parsed(utility);
}

/** What a register of `utility` may count in, whatever the case of its letters. */
export function parseUnit(text: string, utility: Utility): Parsed<BilledUnit> {
  const units = unitsOf(utility);
  const unit = units.find((known) => known.toLowerCase() === halfWidth(text).toLowerCase());
  return unit === undefined ? refused(text, `must be a unit of ${utility}`, units.join(' or ')) : parsed(unit);
}
