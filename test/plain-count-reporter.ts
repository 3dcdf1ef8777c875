import { writeFileSync } from 'node:fs';
import type { Reporter, TestModule } from 'vitest/node';

/**
 * Writes `passed failed skipped` to the file that USHER_TEST_COUNTS names, for scripts/test.sh, whose last line
 * counts these together with its other checks. A file that could not even be loaded counts as one failed test.
 */
export class PlainCountReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
    const path = process.env.USHER_TEST_COUNTS;
    if (path === undefined) return;
    const counts = { passed: 0, failed: errors.length, skipped: 0, pending: 0 };
    for (const module of modules) {
      for (const test of module.children.allTests()) counts[test.result().state] += 1;
      counts.failed += module.errors().length;
    }
    writeFileSync(path, `${counts.passed} ${counts.failed + counts.pending} ${counts.skipped}\n`);
  }
}

// biome-ignore lint/style/noDefaultExport: vitest loads a reporter given by path through its default export.
export default PlainCountReporter;
