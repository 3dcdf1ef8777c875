import { imageTag } from '../../spec/schema.ts';

/** The tag of an image's reference: `v2` of `ghcr.io/jitsi/jvb:v2@sha256:...`; undefined where it names none. */
export function tagOf(image: string): string | undefined {
  const name = image.split('@', 1)[0]?.split('/').at(-1) ?? '';
  const colon = name.indexOf(':');
  return colon === -1 ? undefined : imageTag.safeParse(name.slice(colon + 1)).data;
}
