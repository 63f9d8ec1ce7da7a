/** The data information block: which value of a quantity a record holds. EN 13757-3:2018, 6.3, Tables 7 and 8. */

export interface DataInformation {
  readonly function: 'instantaneous' | 'maximum' | 'minimum' | 'error';
  /** 0 is the actual value; others are stored ones. Up to 41 bits. */
  readonly storage: number;
  /** 0 is the total. Null where the block says nothing of tariffs and devices. */
  readonly tariff: number | null;
  /** Subunit. */
  readonly device: number | null;
}

const FUNCTIONS = ['instantaneous', 'maximum', 'minimum', 'error'] as const;

/** `difes`: each gives four more bits of the storage number, two of the tariff, one of the device, the lowest first. */
export function dataInformation(dif: number, difes: Uint8Array): DataInformation {
  let storage = (dif >> 6) & 1;
  let tariff = 0;
  let device = 0;
  for (const [i, dife] of difes.entries()) {
    storage += (dife & 0x0f) * 2 ** (1 + 4 * i);
    tariff += ((dife >> 4) & 0x03) * 4 ** i;
    device += ((dife >> 6) & 1) * 2 ** i;
  }
  const named = difes.length > 0;
  return {
    function: FUNCTIONS[(dif >> 4) & 0x03] ?? 'instantaneous',
    storage,
    tariff: named ? tariff : null,
    device: named ? device : null,
  };
}
