import { expect, it } from 'vitest';
import { tagOf } from './tag-of.ts';

it.each([
  ['ghcr.io/jitsi/jvb:stable-11146', 'stable-11146'],
  ['registry.example:5000/jitsi/jvb:v2@sha256:0123', 'v2'],
  ['registry.example:5000/jitsi/jvb', undefined],
  ['jitsi/jvb@sha256:0123', undefined],
  ['', undefined],
])('tagOf(%s)', (image, tag) => {
  expect(tagOf(image)).toBe(tag);
});
