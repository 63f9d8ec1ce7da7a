/** Whether a person has read the dial since: counting begins anew, and what had been counted before is kept to go on from. */
export const countedBefore = `
ALTER TABLE meter_counters ADD COLUMN anew INTEGER NOT NULL DEFAULT 0;
`;
