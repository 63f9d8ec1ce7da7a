/** A count that is held for a person is held after a restart, too. */
export const doubt = `
ALTER TABLE meter_counters ADD COLUMN doubt_count INTEGER; -- NULL where nothing is held
ALTER TABLE meter_counters ADD COLUMN doubt_at    INTEGER;
`;
