import { expect, it } from 'vitest';
import { parseScale } from './scale-file.ts';

const good = { path: 'scale.yaml', text: 'eu-1: { min: 3 }\n' };

it('parses a text once, however often it is asked for', () => {
  const file = parseScale({ ...good });
  expect(file).toEqual({ 'eu-1': { min: 3 } });
  expect(parseScale({ ...good })).toBe(file);
  expect(parseScale({ ...good, text: 'eu-1: { min: 4 }\n' })).toEqual({ 'eu-1': { min: 4 } });
  expect(parseScale({ ...good, text: undefined })).toEqual({});
  expect(parseScale({ ...good })).toEqual(file);
});

it('says of a wrong one again what is wrong, and where it is now', () => {
  const wrong = { path: 'scale.yaml', text: 'eu-1: { mni: 3 }\n' };
  const errorOf = (path: string) => {
    try {
      return parseScale({ ...wrong, path });
    } catch (error) {
      return error;
    }
  };
  const first = errorOf('a/scale.yaml');
  expect(first).toMatchObject({ message: expect.stringContaining('a/scale.yaml:1:9: unknown setting') });
  expect(errorOf('a/scale.yaml')).toBe(first);
  expect(errorOf('b/scale.yaml')).toMatchObject({ message: expect.stringContaining('b/scale.yaml:1:9') });
  expect(parseScale(good)).toEqual({ 'eu-1': { min: 3 } });
});
