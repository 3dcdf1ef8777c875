import { writeFileSync } from 'node:fs';
import type { Reporter, TestModule } from 'vitest/node';

/**
 * Writes `passed failed skipped` to the file that USHER_TEST_COUNTS names, for scripts/test.sh, whose last line
 * counts these together with its other checks, and on the lines after it what failed, each with its first message:
 * a log that is cut to its end still names it. A file that could not even be loaded counts as one failed test.
 */
export class PlainCountReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly Failure[]): void {
    const path = process.env.USHER_TEST_COUNTS;
    if (path === undefined) return;
    const counts = { passed: 0, skipped: 0 };
    const failed = errors.map((error) => told('outside of any test', [error]));
    for (const module of modules) {
      for (const error of module.errors()) failed.push(told(module.relativeModuleId, [error]));
      for (const test of module.children.allTests()) {
        const { state, errors = [] } = test.result();
        if (state === 'passed' || state === 'skipped') counts[state] += 1;
        else failed.push(told(`${module.relativeModuleId} > ${test.fullName}`, errors));
      }
    }
    writeFileSync(path, `${[`${counts.passed} ${failed.length} ${counts.skipped}`, ...failed].join('\n')}\n`);
  }
}

interface Failure {
  readonly message: string;
}

function told(where: string, errors: readonly Failure[]): string {
  const [first] = errors;
  return `${where}: ${first === undefined ? 'it did not end' : (first.message.split('\n', 1)[0] ?? '')}`;
}

// biome-ignore lint/style/noDefaultExport: vitest loads a reporter given by path through its default export.
export default PlainCountReporter;
