/**
 * Combinable (orthogonal) VIFEs: what modifies a value, its unit or its kind. EN 13757-3:2018, 6.4; The M-Bus: A
 * Documentation Rev. 4.8, 8.4.5.
 */
import { COMBINABLE, COMBINABLE_EXTENSION, type Modifier } from './vife-table.ts';

const WITHOUT_EXTENSION = 0x7f;
const EXTENSION_OF_COMBINABLE = 0x7c;
const MANUFACTURER_SPECIFIC = 0x7f;

/** The modifiers in the order of the VIFEs. What stands behind a manufacturer specific one is the manufacturer's. */
export function modifiersOf(combinable: Uint8Array): Modifier[] {
  const modifiers: Modifier[] = [];
  let table = COMBINABLE;
  for (const vife of combinable) {
    const code = vife & WITHOUT_EXTENSION;
    if (table === COMBINABLE && code === EXTENSION_OF_COMBINABLE) {
      table = COMBINABLE_EXTENSION;
      continue;
    }
    modifiers.push(table.get(code) ?? { name: `unknown VIFE ${code.toString(16).toUpperCase().padStart(2, '0')}` });
    if (table === COMBINABLE && code === MANUFACTURER_SPECIFIC) return modifiers;
    table = COMBINABLE;
  }
  return modifiers;
}
