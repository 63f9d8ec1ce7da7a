/** A bus as one word of a command line, for lines that are in no site file yet. Pure. */
import { busSchema, type BusConfig } from '../../config/schema.ts';
import { checkAgainst } from '../../config/mistakes/issues.ts';
import { suggest } from '../../config/mistakes/suggest.ts';
import { usageError, type CliError } from '../exit.ts';

export const BUS_EXAMPLES =
  'modbus-tcp://10.0.0.5:502, tcp-serial://10.0.0.6:4001 or serial:///dev/ttyUSB0?baud=9600&format=8N1';

const TYPES = ['modbus-tcp', 'tcp-serial', 'serial'] as const;
type BusType = (typeof TYPES)[number];

/** The id of a bus that has no other name. */
const NAMELESS = 'bus-1';

/** Whether `text` is meant as an address rather than the id of a bus. */
export function isBusUrl(text: string): boolean {
  return /[:/]/.test(text);
}

/**
 * `type://place?key=value`, where the keys are those of a bus in the site file. `pathOf` says where a serial port stands
 * that is not named from the root. Throws CliError.
 */
export function parseBusUrl(text: string, pathOf: (path: string) => string = (path) => path): BusConfig {
  const url = URL.parse(text);
  if (!url) throw usageError(`${JSON.stringify(text)} is no address of a bus`, BUS_EXAMPLES);
  const scheme = url.protocol.slice(0, -1);
  const type = TYPES.find((one) => one === scheme);
  if (type === undefined) {
    throw usageError(`there is no kind of bus called ${JSON.stringify(scheme)}`, suggest(scheme, TYPES));
  }
  const settings = Object.fromEntries([...url.searchParams].map(([key, value]) => [key, valueOf(value)]));
  const checked = checkAgainst(busSchema, { id: NAMELESS, ...settings, type, ...placeOf(type, url, pathOf) });
  if (checked.ok) return checked.value;
  throw inWords(text, checked.findings);
}

function placeOf(type: BusType, url: URL, pathOf: (path: string) => string) {
  // serial:///dev/ttyUSB0 has an empty host; of serial://var/sim/meters the host is the first folder.
  if (type === 'serial') return { path: pathOf(decodeURIComponent(url.host + url.pathname)) };
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
  return { host, ...(url.port !== '' && { port: Number(url.port) }) };
}

function valueOf(text: string): string | number | boolean {
  if (text === 'true' || text === 'false') return text === 'true';
  return /^\d+(\.\d+)?$/.test(text) ? Number(text) : text;
}

function inWords(text: string, findings: readonly { message: string; hint?: string | undefined }[]): CliError {
  const [first] = findings;
  return usageError(`${text}: ${findings.map(({ message }) => message).join('; ')}`, first?.hint ?? BUS_EXAMPLES);
}
