/** Value information fields by what they mean, with the power of ten in their last bits. EN 13757-3, tables of VIF codes. */

/** `exponent`: of ten, in Wh; −3 to 4. */
export const energy = (exponent: number): number => 0x00 + within(exponent + 3, 7);
/** `exponent`: of ten, in J; 0 to 7. */
export const energyInJoules = (exponent: number): number => 0x08 + within(exponent, 7);
/** In m³; −6 to 1. */
export const volume = (exponent: number): number => 0x10 + within(exponent + 6, 7);
/** In W; −3 to 4. */
export const power = (exponent: number): number => 0x28 + within(exponent + 3, 7);
/** In m³/h; −6 to 1. */
export const volumeFlow = (exponent: number): number => 0x38 + within(exponent + 6, 7);
/** In °C; −3 to 0. */
export const flowTemperature = (exponent: number): number => 0x58 + within(exponent + 3, 3);
export const returnTemperature = (exponent: number): number => 0x5c + within(exponent + 3, 3);
/** In K; −3 to 0. */
export const temperatureDifference = (exponent: number): number => 0x60 + within(exponent + 3, 3);

export const DATE = 0x6c;
/** Also date and time with seconds, by the size of the value. */
export const DATE_AND_TIME = 0x6d;
export const FABRICATION_NUMBER = 0x78;

/** The extension FD: its codes follow as VIFE. */
const FD = 0x7d;
/** In V; −9 to 6. */
export const voltage = (exponent: number): readonly number[] => [FD, 0x40 + within(exponent + 9, 15)];
/** In A; −12 to 3. */
export const current = (exponent: number): readonly number[] => [FD, 0x50 + within(exponent + 12, 15)];
export const ERROR_FLAGS: readonly number[] = [FD, 0x17];
export const CUSTOMER_LOCATION: readonly number[] = [FD, 0x10];

/** As a VIFE: the meaning is the maker's. */
export const MAKERS_VIFE = 0x7f;

function within(bits: number, most: number): number {
  if (bits < 0 || bits > most) throw new RangeError('no VIF has that power of ten');
  return bits;
}
