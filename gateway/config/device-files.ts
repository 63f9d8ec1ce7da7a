/** Reads the device lists that the site file names. */
import { parseDeviceList } from './device-list.ts';
import type { FilesRead } from './files/read-files.ts';
import type { Mistake } from './mistakes/mistake.ts';
import type { DeviceConfig } from './schema.ts';

export interface ListedDevice {
  readonly device: DeviceConfig;
  readonly file: string;
  readonly line: number;
}

export interface DeviceFilesRead {
  readonly devices: readonly ListedDevice[];
  readonly mistakes: readonly Mistake[];
  /** Files that are not there. */
  readonly absent: readonly string[];
}

/** In MB: some 40,000 devices. */
const LARGEST_MB = 4;

export async function readDeviceFiles(files: readonly string[], read: FilesRead): Promise<DeviceFilesRead> {
  const devices: ListedDevice[] = [];
  const mistakes: Mistake[] = [];
  const absent: string[] = [];
  for (const file of files) {
    const found = await read.text(file, LARGEST_MB);
    if (found.state === 'absent') absent.push(file);
    else if (found.state === 'unusable') mistakes.push(found.mistake);
    else {
      const list = parseDeviceList(found.text);
      for (const entry of list.devices) devices.push({ ...entry, file });
      for (const spot of list.spots) mistakes.push({ file, ...spot });
    }
  }
  return { devices, mistakes, absent };
}
