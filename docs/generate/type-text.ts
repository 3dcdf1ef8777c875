import { z } from 'zod';
import { address } from '../../haproxy/config/address.ts';
import { label } from '../../shards/spec/schema.ts';

/** A part of a JSON schema, as far as our schemas go. */
export const jsonSchema = z.looseObject({
  type: z.union([z.string(), z.array(z.string())]).optional(),
  $ref: z.string().optional(),
  anyOf: z.array(z.unknown()).optional(),
  enum: z.array(z.string()).optional(),
  items: z.unknown().optional(),
  properties: z.record(z.string(), z.unknown()).optional(),
  required: z.array(z.string()).default([]),
  additionalProperties: z.unknown().optional(),
  pattern: z.string().optional(),
  format: z.string().optional(),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
  default: z.unknown().optional(),
});
export type JsonSchema = z.infer<typeof jsonSchema>;

const patternOf = (schema: z.ZodType) => jsonSchema.parse(z.toJSONSchema(schema, { io: 'input' })).pattern;
const namedPatterns = new Map([
  [patternOf(address), 'HOST:PORT'],
  [patternOf(label), 'name'],
]);

/** What may stand there, in a few words; another schema as a link to its heading. */
export function typeText(schema: JsonSchema): string {
  if (schema.$ref) return `[${schema.$ref.slice(1)}](${schema.$ref.toLowerCase()})`;
  if (schema.anyOf) return schema.anyOf.map((one) => typeText(jsonSchema.parse(one))).join(' or ');
  if (schema.enum) return schema.enum.map((one) => `\`${one}\``).join(', ');
  const types = [schema.type ?? []].flat();
  if (types.length === 0) return 'anything';
  return types.map((type) => oneType(type, schema)).join(' or ');
}

function oneType(type: string, schema: JsonSchema): string {
  switch (type) {
    case 'string':
      return namedPatterns.get(schema.pattern) ?? (schema.format === 'date-time' ? 'time' : 'text');
    case 'integer':
      return `whole number${rangeText(schema)}`;
    case 'boolean':
      return 'true or false';
    case 'array':
      return `list of: ${typeText(jsonSchema.parse(schema.items))}`;
    case 'object':
      return schema.additionalProperties instanceof Object
        ? `map to: ${typeText(jsonSchema.parse(schema.additionalProperties))}`
        : 'mapping';
    default:
      return type;
  }
}

function rangeText({ minimum = Number.MIN_SAFE_INTEGER, maximum = Number.MAX_SAFE_INTEGER }: JsonSchema) {
  if (maximum < Number.MAX_SAFE_INTEGER) return `, ${minimum} to ${maximum}`;
  return minimum > Number.MIN_SAFE_INTEGER ? `, from ${minimum}` : '';
}
