/** From a path into the whole configuration to the file and line that it came from. */
import type { ListedDevice } from './device-files.ts';
import type { Finding, Mistake } from './mistakes/mistake.ts';
import type { SiteRead } from './site-file.ts';

export type Placer = (finding: Finding) => Mistake;

/** Devices beyond those of the site file are those of the device files. */
export function placerFor(siteFile: string, site: SiteRead, listed: readonly ListedDevice[]): Placer {
  const positions = site.rest?.positions ?? { buses: [], devices: [], equipment: [] };
  return ({ path, message, hint, severity }) => {
    const said = { message, hint, severity };
    const [section, index, ...below] = path;
    if (typeof index === 'number' && (section === 'buses' || section === 'devices' || section === 'equipment')) {
      const inList = section === 'devices' ? listed[index - positions.devices.length] : undefined;
      if (inList) return { ...placeIn(inList, below), ...said };
      const position = positions[section][index] ?? index;
      return { file: siteFile, ...site.locate([section, position, ...below]), ...said };
    }
    return { file: siteFile, ...site.locate(path), ...said };
  };
}

/** A key below another has a column of its own: `poll.slow`. */
function placeIn({ file, line, columns }: ListedDevice, below: Finding['path']) {
  return { file, line, column: columns?.get(below.join('.')) ?? 1 };
}
