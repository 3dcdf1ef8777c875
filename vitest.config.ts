import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['**/*.test.ts'],
    // test/cluster has a configuration and a network of its own.
    exclude: ['**/node_modules/**', '**/.usher/**', 'test/cluster/**'],
    // Real HAProxy, Redis and Prosody are started by the tests: two files at once is what two cores bear.
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    reporters: ['default', './test/plain-count-reporter.ts'],
  },
});
