/**
 * Writes what is derived from the code: JSON Schemas for editors, the AsyncAPI document of the feed, the tables of docs/configuration.md, and the large
 * example site. Run it after a change of a schema or of config/site.yaml: `node scripts/generate.ts`.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { COLUMNS } from '../gateway/config/device-list.ts';
import { siteSchema } from '../gateway/config/schema.ts';
import { alarmFileSchema } from '../gateway/alarms/rule-file.ts';
import {
  HOME_COLUMNS,
  METER_COLUMNS,
  REQUIRED_OF_HOMES,
  REQUIRED_OF_METERS,
} from '../gateway/metering/registry/columns.ts';
import { cjt188ProfileSchema } from '../drivers/cjt188/profile.ts';
import { dlt645ProfileSchema } from '../drivers/dlt645/profile.ts';
import { mbusProfileSchema } from '../drivers/mbus/profile.ts';
import { modbusProfileSchema } from '../drivers/modbus/profile.ts';
import packageFile from '../package.json' with { type: 'json' };
import { asyncApi } from './generate/asyncapi.ts';
import { columnTable, describedColumns, keyTables } from './generate/key-tables.ts';
import { largeMeters, largeSite } from './generate/large-site.ts';
import { editorSchema } from './generate/editor-schema.ts';

const root = join(import.meta.dirname, '..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');

const site = editorSchema(siteSchema, 'A site of the gateway');

const files: Readonly<Record<string, string>> = {
  'config/schemas/site.schema.json': asJson(site),
  'config/schemas/alarms.schema.json': asJson(editorSchema(alarmFileSchema, 'Alarm types and rules')),
  'config/schemas/modbus-profile.schema.json': asJson(editorSchema(modbusProfileSchema, 'A Modbus device model')),
  'config/schemas/dlt645-profile.schema.json': asJson(editorSchema(dlt645ProfileSchema, 'A DL/T 645 meter model')),
  'config/schemas/cjt188-profile.schema.json': asJson(editorSchema(cjt188ProfileSchema, 'A CJ/T 188 meter model')),
  'config/schemas/mbus-profile.schema.json': asJson(editorSchema(mbusProfileSchema, 'An M-Bus meter model')),
  'docs/asyncapi.json': asJson(asyncApi(packageFile.version)),
  'config/large/site.yaml': largeSite(read('config/site.yaml')),
  'config/large/meters.csv': largeMeters(),
  'docs/configuration.md': [
    ['keys', keyTables(site)],
    ['columns', columnTable(COLUMNS, site)],
    ['meter columns', describedColumns(METER_COLUMNS, REQUIRED_OF_METERS)],
    ['home columns', describedColumns(HOME_COLUMNS, REQUIRED_OF_HOMES)],
  ].reduce((text, [name = '', table = '']) => between(text, name, table), read('docs/configuration.md')),
};

for (const [path, content] of Object.entries(files)) {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), content);
}

function asJson(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

/** Puts `table` where the page says that `name` belongs. */
function between(page: string, name: string, table: string): string {
  const start = `<!-- generated: ${name} -->`;
  const end = '<!-- end -->';
  const from = page.indexOf(start);
  const to = page.indexOf(end, from);
  if (from < 0 || to < 0) throw new Error(`docs/configuration.md has no place for ${name}`);
  return `${page.slice(0, from)}${start}\n\n${table.trim()}\n\n${page.slice(to)}`;
}
