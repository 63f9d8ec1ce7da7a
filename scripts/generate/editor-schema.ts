/** A zod schema as JSON Schema, for editors that complete and check while one types. */
import { z } from 'zod';

/** The parts of a JSON Schema that the documentation reads. */
export interface EditorSchema {
  readonly type?: string;
  readonly const?: string | number | boolean;
  readonly enum?: readonly unknown[];
  readonly pattern?: string;
  readonly format?: string;
  readonly default?: unknown;
  readonly description?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, EditorSchema>>;
  readonly additionalProperties?: EditorSchema | boolean;
  readonly items?: EditorSchema;
  readonly oneOf?: readonly EditorSchema[];
}

export function editorSchema(schema: z.ZodType, title: string): EditorSchema {
  const { $schema, ...body } = z.toJSONSchema(schema, {
    io: 'input',
    // zod states the bounds of safe integers, which no reader needs.
    override: ({ jsonSchema }) => {
      if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
      if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
    },
  });
  return { $schema, title, ...body } as EditorSchema;
}
