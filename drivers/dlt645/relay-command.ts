/** What function 1CH can command. The bytes are of State Grid's filings to DL/T 645-2007; 1C, 3A and 3B of one source only. */

export const RELAY_COMMANDS = {
  trip: 0x1a,
  /** The customer then presses the button of the meter. */
  closePermit: 0x1b,
  directClose: 0x1c,
  alarmOn: 0x2a,
  alarmOff: 0x2b,
  keepPowerOn: 0x3a,
  keepPowerOff: 0x3b,
} as const;

export type RelayCommand = keyof typeof RELAY_COMMANDS;

/** Seen on the wire, and never sent: what makes the two differ could not be verified. */
const AUTO_RESTORE: ReadonlySet<number> = new Set([0x1d, 0x1e]);

/** The command's name; `unknown` where the byte is none. */
export function relayCommandName(byte: number): RelayCommand | 'tripAutoRestore' | 'unknown' {
  if (AUTO_RESTORE.has(byte)) return 'tripAutoRestore';
  const names = Object.keys(RELAY_COMMANDS) as RelayCommand[];
  return names.find((name) => RELAY_COMMANDS[name] === byte) ?? 'unknown';
}
