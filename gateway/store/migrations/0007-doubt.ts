/** What is held of a meter for a person is held after a restart, too. */
export const doubt = `
CREATE TABLE meter_doubts (
  meter_id INTEGER PRIMARY KEY REFERENCES meters (id),
  doubt    TEXT NOT NULL -- as JSON
);
`;
