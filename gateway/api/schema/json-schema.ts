/** From the schemas that check what comes in and type what goes out to JSON Schema: for OpenAPI and for serialisation. */
import { z } from 'zod';

type JsonSchema = z.core.JSONSchema.BaseSchema;

/** `input`: as a caller writes it. `output`: as it is answered. */
export function toJsonSchema(schema: z.ZodType, io: 'input' | 'output'): JsonSchema {
  const json = z.toJSONSchema(schema, { io, override: simplify });
  // Of a document of its own; this one is part of another.
  delete json.$schema;
  return json;
}

function simplify({ jsonSchema }: { jsonSchema: JsonSchema }): void {
  joinNull(jsonSchema);
  // zod's pattern of a time is longer than the rest of the document's line, and says what the format says.
  if (jsonSchema.format === 'date-time') delete jsonSchema.pattern;
}

/** `anyOf: [X, null]` as one type of two kinds, which is serialised without trying both. */
function joinNull(schema: JsonSchema): void {
  const [kind, nothing, ...more] = schema.anyOf ?? [];
  if (more.length > 0 || typeof kind !== 'object' || typeof nothing !== 'object') return;
  if (nothing.type !== 'null' || typeof kind.type !== 'string') return;
  delete schema.anyOf;
  Object.assign(schema, kind, { type: [kind.type, 'null'] }, kind.enum && { enum: [...kind.enum, null] });
}
