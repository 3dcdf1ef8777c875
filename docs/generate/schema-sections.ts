import { z } from 'zod';
import { type JsonSchema, jsonSchema, typeText } from './type-text.ts';

/** Where schemas come from: the names under which they stand in the reference, and their doc comments. */
export interface SchemaSource {
  /** By the name of their constant. */
  readonly schemas: Readonly<Record<string, z.ZodType>>;
  /** `constant.field` -> text. */
  readonly comments: ReadonlyMap<string, string>;
  /** `input`: what may be given, with defaults; `output`: what is answered. */
  readonly io: 'input' | 'output';
}

/** One heading and one table of fields for every schema. */
export function schemaSections({ schemas, comments, io }: SchemaSource): string {
  const registry = z.registry<{ id: string }>();
  for (const [id, schema] of Object.entries(schemas)) registry.add(schema, { id });
  const { schemas: written } = z.toJSONSchema(registry, {
    io,
    unrepresentable: 'any',
    uri: (id) => `#${id}`,
  });
  return Object.keys(schemas)
    .map((id) => {
      const rows = fieldRows(jsonSchema.parse(written[id]), id, '', { comments, io });
      const head = io === 'input' ? ['field', 'what', 'default', ''] : ['field', 'what', ''];
      const about = comments.get(id);
      return [`## ${id}\n`, ...(about ? [`${about}\n`] : []), table(head, rows)].join('\n');
    })
    .join('\n');
}

function fieldRows(
  schema: JsonSchema,
  id: string,
  prefix: string,
  source: Pick<SchemaSource, 'comments' | 'io'>,
): string[][] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, value]) => {
    const field = jsonSchema.parse(value);
    const path = prefix + name;
    const comment = source.comments.get(`${id}.${path.replaceAll('[]', '')}`) ?? '';
    const fallback = source.io === 'input' ? [defaultText(field, schema.required.includes(name))] : [];
    const inner = innerObject(field);
    const rows = inner ? fieldRows(inner.schema, id, `${path}${inner.suffix}.`, source) : [];
    return [[`\`${path}\``, typeText(field), ...fallback, comment], ...rows];
  });
}

/** The mapping in a field, in a list or beside null, that has no heading of its own. */
function innerObject(field: JsonSchema): { schema: JsonSchema; suffix: '' | '[]' } | undefined {
  if (field.properties) return { schema: field, suffix: '' };
  const parts = field.anyOf ?? (field.items === undefined ? [] : [field.items]);
  const schema = parts.map((one) => jsonSchema.parse(one)).find(({ properties }) => properties);
  return schema && { schema, suffix: field.items === undefined ? '' : '[]' };
}

function defaultText(field: JsonSchema, isRequired: boolean): string {
  if (isRequired) return 'required';
  const value = JSON.stringify(field.default);
  return value === undefined || value === '{}' ? '' : `\`${value}\``;
}

/** A Markdown table. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |\n`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('');
}
