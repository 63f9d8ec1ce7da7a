/** Reads the device lists that the site file names. */
import { parseDeviceList, type DeviceInList } from './device-list.ts';
import { decodeTable } from './files/decode-table.ts';
import type { FilesRead } from './files/read-files.ts';
import type { Mistake } from './mistakes/mistake.ts';
import type { Path } from './mistakes/path.ts';
import type { DeviceConfig } from './schema.ts';

export interface ListedDevice extends Pick<Partial<DeviceInList>, 'columns'> {
  readonly device: DeviceConfig;
  readonly file: string;
  readonly line: number;
}

export interface DeviceFilesRead {
  readonly devices: readonly ListedDevice[];
  /** What of the devices could not be read: the position in `devices` comes first. */
  readonly lost: readonly Path[];
  /** Whether these are all the devices of all files, each with its id. */
  readonly whole: boolean;
  readonly mistakes: readonly Mistake[];
  /** Files that are not there. */
  readonly absent: readonly string[];
}

/** In MB: some 40,000 devices. */
const LARGEST_MB = 4;

export async function readDeviceFiles(files: readonly string[], read: FilesRead): Promise<DeviceFilesRead> {
  const devices: ListedDevice[] = [];
  const lost: Path[] = [];
  const mistakes: Mistake[] = [];
  const absent: string[] = [];
  let isWhole = true;
  for (const file of files) {
    const found = await read.bytes(file, LARGEST_MB);
    if (found.state === 'absent') absent.push(file);
    if (found.state === 'unusable') mistakes.push(found.mistake);
    const decoded = found.state === 'bytes' ? decodeTable(found.bytes) : null;
    for (const spot of decoded?.ok === false ? [decoded.spot] : (decoded?.spots ?? []))
      mistakes.push({ file, ...spot });
    const list = decoded?.ok === true ? parseDeviceList(decoded.text) : { devices: [], whole: false, spots: [] };
    for (const { lost: ofDevice, ...entry } of list.devices) {
      lost.push(...ofDevice.map((path) => [devices.length, ...path]));
      devices.push({ ...entry, file });
    }
    for (const spot of list.spots) mistakes.push({ file, ...spot });
    isWhole &&= list.whole;
  }
  return { devices, lost, whole: isWhole, mistakes, absent };
}
