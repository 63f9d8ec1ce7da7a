/** Fields that frames of both directions have. */
import { controlOf, HIGHEST_PRIMARY } from './frame-control.ts';
import type { Fields } from './explain-entry.ts';

export function linkFields({ control, address }: { readonly control: number; readonly address: number }): Fields {
  const { name } = controlOf(control);
  return { ...(name === null ? {} : { frame: name }), control: hexByte(control), primaryAddress: address };
}

/** `5`, `FD`: the slaves' own addresses are counted in decimals, the others are known by their hex. */
export function addressText(address: number): string {
  return address > HIGHEST_PRIMARY ? hexByte(address) : String(address);
}

export function hexByte(byte: number): string {
  return byte.toString(16).toUpperCase().padStart(2, '0');
}
