/** The tables of docs/configuration.md, from the schema's own descriptions. */
import type { EditorSchema } from './editor-schema.ts';

interface Row {
  readonly key: string;
  readonly node: EditorSchema;
  readonly required: boolean;
  /** The types that it is for; empty for all. */
  readonly types: readonly string[];
}

/** One table for the top level, and one for each map below it. */
export function keyTables(site: EditorSchema): string {
  return sections('Top level', '', [site])
    .map(({ title, rows }) => `### ${title}\n\n${table(rows)}`)
    .join('\n\n');
}

/** The columns of a device list, each with what its key means. */
export function columnTable(columns: readonly string[], site: EditorSchema): string {
  const device = site.properties?.['devices']?.items ?? {};
  const rows = columns.map((column) => {
    const [outer = '', inner] = column.split('.');
    const node = device.properties?.[outer] ?? {};
    const found = inner === undefined ? node : (node.properties?.[inner] ?? {});
    const what = found.description ?? (inner === undefined ? '' : `as \`${outer}\` of a device, ${inner}`);
    return `| \`${column}\` | ${what} | ${device.required?.includes(outer) === true ? 'yes' : ''} |`;
  });
  return ['| column | what | must be there |', '|---|---|---|', ...rows].join('\n');
}

/** The columns of a table that has a description of its own for each. */
export function describedColumns(columns: Readonly<Record<string, string>>, required: readonly string[]): string {
  const rows = Object.entries(columns).map(
    ([column, what]) => `| \`${column}\` | ${what} | ${required.includes(column) ? 'yes' : ''} |`,
  );
  return ['| column | what | must be there |', '|---|---|---|', ...rows].join('\n');
}

interface Section {
  readonly title: string;
  readonly rows: readonly Row[];
}

/** `shapes`: the shapes that the map at `path` can have, one of which is told by its `type`. */
function sections(title: string, path: string, shapes: readonly EditorSchema[]): Section[] {
  const rows = rowsOf(shapes);
  const below = new Map(rows.map(({ key, node }) => [key, node]));
  const nested = [...below].flatMap(([key, node]) => {
    const inner = `${path}${key}`;
    const choices = node.items?.oneOf ?? [inside(node)];
    return choices.some(({ properties }) => properties) ? sections(`\`${inner}\``, `${inner}.`, choices) : [];
  });
  return [{ title, rows }, ...nested];
}

/** A row that is the same in every shape stands once, any other with the types that it is for. */
function rowsOf(shapes: readonly EditorSchema[]): Row[] {
  const rows = shapes.flatMap(({ properties = {}, required = [] }) =>
    Object.entries(properties).map(([key, node]) => ({
      key,
      node,
      required: required.includes(key),
      type: String(properties['type']?.const),
    })),
  );
  const same = Map.groupBy(rows, (row) => JSON.stringify({ ...row, type: undefined }));
  return [...same.values()].flatMap((equal) => {
    const [first] = equal;
    if (!first) return [];
    const isOfAll = equal.length === shapes.length || first.key === 'type';
    return [{ ...first, types: isOfAll ? [] : equal.map(({ type }) => type) }];
  });
}

/** The map that a key holds, or that each entry of its list or map is. */
function inside(node: EditorSchema): EditorSchema {
  const { items, additionalProperties } = node;
  return items ?? (typeof additionalProperties === 'object' ? additionalProperties : node);
}

function table(rows: readonly Row[]): string {
  const lines = rows.map(({ key, node, required, types }) => {
    const value = required ? 'required' : node.default === undefined ? '' : `\`${JSON.stringify(node.default)}\``;
    const only = types.length === 0 ? '' : ` (${types.join(', ')})`;
    return `| \`${key}\`${only} | ${node.description ?? ''} | ${valuesOf(node)} | ${value} |`;
  });
  return ['| key | what | value | default |', '|---|---|---|---|', ...lines].join('\n');
}

function valuesOf(node: EditorSchema): string {
  if (node.const !== undefined) return `\`${String(node.const)}\``;
  if (node.enum) return node.enum.map((value) => `\`${String(value)}\``).join(', ');
  switch (node.type) {
    case 'integer':
    case 'number':
      return range(node);
    case 'boolean':
      return '`true`, `false`';
    case 'array':
      return node.items?.properties || node.items?.oneOf ? 'list of maps, below' : 'list';
    case 'object':
      return 'map, below';
    default:
      return node.format === 'uri' ? 'address' : 'text';
  }
}

function range({ minimum, maximum, type }: EditorSchema): string {
  const whole = type === 'integer' ? 'whole number' : 'number';
  if (minimum !== undefined && maximum !== undefined) return `${whole}, ${minimum} to ${maximum}`;
  return minimum === undefined ? whole : `${whole} from ${minimum}`;
}
