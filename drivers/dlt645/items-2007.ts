/** The data items of DL/T 645-2007, annex A: what an identifier DI3 DI2 DI1 DI0 names. */
import { countedEventItem, eventItem } from './items-event.ts';
import { demandItem, energyItem } from './items-energy.ts';
import { freezeItem } from './items-freeze.ts';
import { parameterItem } from './items-parameter.ts';
import { variableItem } from './items-variable.ts';
import { number } from './format.ts';
import type { Item } from './item.ts';

/** 00 90 DI1 DI0: what a prepaid meter has left. Filing to DL/T 645-2007; the GitHub source index, file id 43575950280. */
const PREPAID: Readonly<Record<string, Item>> = {
  '0100': { shape: 'one', name: 'remaining energy', format: number(4, 2, 'kWh') },
  '0101': { shape: 'one', name: 'overdrawn energy', format: number(4, 2, 'kWh') },
  '0200': { shape: 'one', name: 'remaining money', format: number(4, 2, 'yuan') },
};
const PREPAID_DI2 = 0x90;

/** The item that `di` names, eight hex digits, DI3 first; null where no table knows it. */
export function itemOf2007(di: string): Item | null {
  const [di3 = 0, di2 = 0, di1 = 0, di0 = 0] = Buffer.from(di, 'hex');
  switch (di3) {
    case 0x00:
      return di2 === PREPAID_DI2 ? (PREPAID[di.slice(4)] ?? null) : energyItem(di2, di1, di0);
    case 0x01:
      return demandItem(di2, di1, di0);
    case 0x02:
      return variableItem(di2, di1, di0);
    case 0x03:
      return eventItem(di2, di1, di0);
    case 0x04:
      return parameterItem(di2, di1, di0);
    case 0x05:
      return freezeItem(di2, di1, di0);
    default:
      return countedEventItem(di3, di2, di1, di0);
  }
}
