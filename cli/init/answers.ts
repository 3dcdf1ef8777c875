import { z } from 'zod';
import { imageTag, label } from '../../shards/spec/schema.ts';

/** What a new fleet is to be, from words as people type them. */
export const answers = z.object({
  name: label,
  driver: z.enum(['local', 'kubernetes'], 'local or kubernetes is expected'),
  publicUrl: z.url({ protocol: /^https?$/, error: 'a URL is expected, as in https://meet.example.org' }),
  region: label,
  imageTag,
  media: z.enum(['hostport', 'nodeport'], 'hostport or nodeport is expected'),
  proxies: z
    .string()
    .regex(/^\d{1,2}$/, 'a whole number is expected, as in 2')
    .transform(Number)
    .pipe(z.int().min(1, 'at least one')),
});

export type Answers = z.infer<typeof answers>;

/** The flags of `usher init` as they were typed. */
export type InitFlags = { readonly [key in keyof Answers]?: string };
