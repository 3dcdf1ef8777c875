import { defineConfig } from 'vitest/config';

/** Run by scripts/cluster-tests.sh, in a network namespace of its own. */
export default defineConfig({
  test: {
    include: ['test/cluster/**/*.test.ts'],
    // Each starts a control plane, which is what two cores bear.
    fileParallelism: false,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    reporters: ['default', './test/plain-count-reporter.ts'],
  },
});
