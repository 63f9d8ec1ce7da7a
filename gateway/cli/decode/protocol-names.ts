/** The protocols that `decode` knows, by the names that captures carry; protocols.ts says what each of them can. */
export const PROTOCOLS = [
  'modbus-rtu',
  'modbus-tcp',
  'dlt645-2007',
  'dlt645-1997',
  'cjt188',
  'mbus',
  'sia-dc09',
] as const;

export type ProtocolName = (typeof PROTOCOLS)[number];
