import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import { z } from 'zod';
import { iso } from '../../../broker/messages.ts';
import type { RegistryFileRow } from '../../../store/rows.ts';
import type { ApiDeps } from '../../deps.ts';
import { ApiError } from '../../errors.ts';
import { registrySchema, registryVersionsSchema } from '../../resources/registry.ts';
import { whole } from '../../schema/fields.ts';
import { errors, type Api } from '../../schema/zod-routes.ts';

const params = z.strictObject({ version: z.string() });

/** The registry is a record: a run that was closed names the version that it was computed from. */
export function registryRoutes(api: Api, deps: ApiDeps): void {
  api.get(
    '/registry/versions',
    {
      schema: {
        tags: ['metering'],
        summary: 'The versions of the tables of meters and homes, newest first',
        response: { 200: registryVersionsSchema },
      },
    },
    () => {
      const items = deps.store.registry.versions().map(({ version, at }) => ({ version, at: iso(at) }));
      return { current: deps.config().registry.version, items };
    },
  );

  api.get(
    '/registry/versions/:version',
    {
      schema: {
        tags: ['metering'],
        summary: 'The tables of one version',
        params,
        response: { 200: registrySchema, ...errors('unknownRegistry') },
      },
    },
    ({ params: { version } }) => ({ version, tables: findTables(deps, version).map(tableView) }),
  );

  tableRoute(api, deps);
}

function tableRoute(api: Api, deps: ApiDeps): void {
  api.get(
    '/registry/versions/:version/tables/:n',
    {
      schema: {
        tags: ['metering'],
        summary: 'A table as it came: the same bytes for ever',
        params: params.extend({ n: whole(z.int().min(0)) }),
        produces: ['text/csv'],
        response: { 200: z.unknown().meta({ type: 'string', format: 'binary' }), ...errors('unknownRegistry') },
      },
    },
    ({ params: { version, n } }, reply) => {
      const row = findTables(deps, version)[n];
      if (!row) throw new ApiError('unknownRegistry', `version ${version} has no table ${n}`);
      // In whatever encoding it came: nothing is said of it.
      return reply
        .header('etag', `"${sha256Of(row)}"`)
        .type('text/csv')
        .send(Buffer.from(row.bytes));
    },
  );
}

/** Throws ApiError where there is no such version. */
function findTables({ store }: ApiDeps, version: string): RegistryFileRow[] {
  const tables = store.registry.files(version);
  if (tables.length === 0) throw new ApiError('unknownRegistry', `there is no version ${version} of the registry`);
  return tables;
}

function tableView(row: RegistryFileRow, n: number): z.input<typeof registrySchema>['tables'][number] {
  return { n, holds: row.holds, file: basename(row.file), bytes: row.bytes.byteLength, sha256: sha256Of(row) };
}

function sha256Of({ bytes }: RegistryFileRow): string {
  return createHash('sha256').update(bytes).digest('hex');
}
