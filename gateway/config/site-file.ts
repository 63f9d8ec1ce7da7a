/** Reads the site file: all of it, or what of it can still be checked. */
import { dirname, isAbsolute, join } from 'node:path';
import type { z } from 'zod';
import { anyBusSchema } from './bus-schema.ts';
import type { FilesRead } from './files/read-files.ts';
import { readYaml, type YamlFile } from './files/yaml-file.ts';
import { checkAgainst } from './mistakes/issues.ts';
import type { Finding, Mistake } from './mistakes/mistake.ts';
import { valueAt } from './mistakes/path.ts';
import { salvage, unmoved, type Salvage } from './salvage.ts';
import { siteSchema } from './schema.ts';

export interface SiteRead extends Pick<YamlFile, 'raw' | 'mistakes' | 'locate'> {
  /** The checked file without what is wrong in it; null where too little is left. */
  readonly rest: Salvage | null;
}

export async function readSiteFile(file: string, read: FilesRead): Promise<SiteRead> {
  const { present, raw, sound, mistakes, locate } = await readYaml(file, read);
  if (!present) {
    const hint = 'config/site.yaml is an example to begin with';
    const absent: Mistake = { file, ...locate([]), message: 'there is no such file', hint, severity: 'error' };
    return { raw, rest: null, mistakes: [absent], locate };
  }
  if (!sound) return { raw, rest: null, mistakes, locate };
  const checked = checkAgainst(siteSchema, raw);
  if (checked.ok) {
    const rest = { file: checked.value, positions: unmoved(checked.value), lost: [] };
    return { raw, rest, mistakes, locate };
  }
  const findings = [...checked.findings, ...findingsOfTypeless(raw, checked.issues)];
  const found = findings.map(({ path, ...said }) => ({ file, ...locate(path), ...said }));
  const rest = salvage(raw, checked.issues);
  return { raw: isMap(raw) ? raw : null, rest, mistakes: [...mistakes, ...found], locate };
}

/** A schema that is chosen by `type` looks at nothing else where it does not know it. */
function findingsOfTypeless(raw: unknown, issues: readonly z.core.$ZodIssue[]): Finding[] {
  const typeless = issues.filter(({ path }) => path[0] === 'buses' && path[2] === 'type');
  return typeless.flatMap(({ path }) => {
    const [, index] = path;
    if (typeof index !== 'number') return [];
    const checked = checkAgainst(anyBusSchema, valueAt(raw, ['buses', index]));
    if (checked.ok) return [];
    return checked.findings.map((finding) => ({ ...finding, path: ['buses', index, ...finding.path] }));
  });
}

function isMap(raw: unknown): boolean {
  return typeof raw === 'object' && raw !== null && !Array.isArray(raw);
}

/** With their folders. */
export interface NamedFiles {
  readonly profiles: readonly string[];
  readonly deviceFiles: readonly string[];
  readonly meters: readonly string[];
  /** Null where the site names none. */
  readonly homes: string | null;
  readonly alarmRules: string;
}

/** The files that the site file names, whatever else is wrong with it; defaults where it names none that can be read. */
export function namedFiles(siteFile: string, raw: unknown): NamedFiles {
  const { profiles, deviceFiles, meters, homes, alarmRules } = siteSchema.shape;
  const ofHomes = homes.catch(undefined).parse(valueAt(raw, ['homes']));
  const beside = (name: string): string => (isAbsolute(name) ? name : join(dirname(siteFile), name));
  return {
    profiles: profiles
      .catch(profiles.parse(undefined))
      .parse(valueAt(raw, ['profiles']))
      .map(beside),
    deviceFiles: deviceFiles
      .catch([])
      .parse(valueAt(raw, ['deviceFiles']))
      .map(beside),
    meters: meters
      .catch([])
      .parse(valueAt(raw, ['meters']))
      .map(beside),
    homes: ofHomes === undefined ? null : beside(ofHomes),
    alarmRules: beside(alarmRules.catch(alarmRules.parse(undefined)).parse(valueAt(raw, ['alarmRules']))),
  };
}
