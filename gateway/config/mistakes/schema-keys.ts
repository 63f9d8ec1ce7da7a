/** Which keys a schema has at a place: the material for "did you mean". */
import { valueAt, type Path } from './path.ts';

/** The parts of a JSON Schema that a path can lead through. */
export interface SchemaNode {
  readonly const?: unknown;
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly additionalProperties?: SchemaNode | boolean;
  readonly items?: SchemaNode;
  readonly oneOf?: readonly SchemaNode[];
  readonly anyOf?: readonly SchemaNode[];
}

/** The keys that a map at `path` of `value` may have; of a choice of shapes, those of the one that `value` says it is. */
export function keysAt(schema: SchemaNode, value: unknown, path: Path): string[] {
  let node: SchemaNode | undefined = schema;
  let here = value;
  for (const step of path) {
    const shapes: SchemaNode[] = shapesOf(node, here);
    node = shapes.map((shape) => below(shape, step)).find((found) => found !== undefined);
    here = valueAt(here, [step]);
  }
  const keys = shapesOf(node, here).flatMap(({ properties }) => Object.keys(properties ?? {}));
  return [...new Set(keys)].filter((key) => key !== '$schema');
}

function shapesOf(node: SchemaNode | undefined, value: unknown): SchemaNode[] {
  if (!node) return [];
  const choices = (node.oneOf ?? node.anyOf)?.flatMap((choice) => shapesOf(choice, value)) ?? [node];
  const fitting = choices.filter(({ properties }) =>
    Object.entries(properties ?? {}).every(
      ([key, tag]) => tag.const === undefined || tag.const === valueAt(value, [key]),
    ),
  );
  return fitting.length > 0 ? fitting : choices;
}

function below(node: SchemaNode, step: string | number): SchemaNode | undefined {
  if (typeof step === 'number') return node.items;
  const extra = node.additionalProperties;
  return node.properties?.[step] ?? (typeof extra === 'object' ? extra : undefined);
}
