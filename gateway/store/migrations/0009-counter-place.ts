/** Which counter of which device it is that a register was kept from: another one stands at another count. Null in older rows: whichever the registry names. */
export const counterPlace = `
ALTER TABLE meter_counters ADD COLUMN device TEXT;
ALTER TABLE meter_counters ADD COLUMN point TEXT;
`;
