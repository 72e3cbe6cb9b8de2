import type { Reporter, TestCase, TestModule } from 'vitest/node';

/** Ends a run with what was skipped and why, and one line that counts. With CI=true a skipped test fails the run. */
export default class CountReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly unknown[]): void {
    const tests = modules.flatMap((module) => [...module.children.allTests()]);
    const skipped = tests.filter((test) => test.result().state === 'skipped');
    const passed = tests.filter((test) => test.result().state === 'passed');
    const brokenModules = modules.filter((module) => module.errors().length > 0);
    const failed =
      tests.length - skipped.length - passed.length + brokenModules.length + unhandledErrors.length;

    for (const test of skipped) console.log(`skipped: ${test.fullName} (${reason(test)})`);
    if (process.env['CI'] === 'true' && skipped.length > 0) {
      console.log('Nothing may be skipped with CI=true.');
      process.exitCode = 1;
    }
    console.log(`${passed.length} passed, ${failed} failed, ${skipped.length} skipped`);
  }
}

function reason(test: TestCase): string {
  const result = test.result();
  return result.state === 'skipped' ? (result.note ?? 'no reason given') : result.state;
}
