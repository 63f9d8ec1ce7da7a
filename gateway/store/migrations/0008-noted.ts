/** A bill tells what was said of a reading within its period: the index of what is read for each line has those, too. */
export const noted = `
DROP INDEX meter_readings_noted;
CREATE INDEX meter_readings_noted ON meter_readings (meter_id, at)
WHERE quality >= 1 OR standing = 1 OR occasion IS NOT NULL OR notes IS NOT NULL;
`;
