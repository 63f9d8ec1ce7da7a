/** What drafting thousands of lines in seconds needs: each of these is asked once per meter or once per earlier period. */
export const billing = `
-- Of a line what later periods go on from, small: a draft reads a year of them.
ALTER TABLE billing_lines ADD COLUMN carried TEXT;
CREATE INDEX billing_lines_carried ON billing_lines (run, chain, carried);

-- Few among thousands: what meters kept, what people read or estimated, what is in doubt, what was read when they moved.
CREATE INDEX meter_readings_noted ON meter_readings (meter_id, at)
WHERE quality >= 1 OR standing = 1 OR occasion IS NOT NULL;
`;
