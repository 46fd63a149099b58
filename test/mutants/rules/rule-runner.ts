import { join, relative } from 'node:path';
import { PluginKind, declareClassPlugin } from '@stryker-mutator/api/plugin';
import { DryRunStatus, TestStatus, determineHitLimitReached, toMutantRunResult } from '@stryker-mutator/api/test-runner';
import type { DryRunResult, MutantRunOptions, MutantRunResult, TestResult, TestRunner, TestRunnerCapabilities } from '@stryker-mutator/api/test-runner';
import type { InstrumenterContext } from '@stryker-mutator/api/core';
import fc from 'fast-check';
import { RuleTests } from './rule-tests.js';
import type { RuleTest } from './rule-tests.js';

type Context = { -readonly [field in keyof InstrumenterContext]?: InstrumenterContext[field] | undefined };

/** Where Stryker's instrumented code looks for the mutant that is active, and counts what was reached. */
const context: Context = ((globalThis as { __stryker__?: Context }).__stryker__ ??= {});

/** A property tries this long under each mutant, always the same examples. */
const PROPERTY_MS = 250;

/** Runs the domain's tests for StrykerJS in one process, without loading them anew for each mutant. */
export class RuleRunner implements TestRunner {
  private readonly dist = join(process.cwd(), 'chaincode', 'domain', 'dist');
  private readonly tests = new RuleTests(this.dist);

  /**
   * Nothing needs to be loaded again: a mutant is active only while tests run, rules keep no state, and what is computed
   * while they load is not changed (`ignoreStatic`).
   */
  capabilities(): TestRunnerCapabilities {
    return { reloadEnvironment: true };
  }

  init(): Promise<void> {
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- plugins, which shall replace these, cannot be given for all properties at once
    fc.configureGlobal({ seed: 1, interruptAfterTimeLimit: PROPERTY_MS, skipAllAfterTimeLimit: PROPERTY_MS, markInterruptAsFailure: false });
    return Promise.resolve();
  }

  async dryRun(): Promise<DryRunResult> {
    const results: TestResult[] = [];
    for (const file of await this.tests.files()) {
      for (const test of await this.tests.of(file)) results.push(await run(test));
    }
    return { status: DryRunStatus.Complete, tests: results, ...(context.mutantCoverage === undefined ? {} : { mutantCoverage: context.mutantCoverage }) };
  }

  async mutantRun({ activeMutant, testFilter, hitLimit, sandboxFileName }: MutantRunOptions): Promise<MutantRunResult> {
    const files = await this.tests.files(relative(join(this.dist, '..', 'src'), sandboxFileName));
    const wanted = testFilter === undefined ? undefined : new Set(testFilter);
    for (const file of files) await this.tests.of(file);
    context.activeMutant = activeMutant.id;
    context.hitLimit = hitLimit;
    context.hitCount = hitLimit === undefined ? undefined : 0;
    try {
      const results = await this.untilNoticed(files, wanted);
      return toMutantRunResult(determineHitLimitReached(context.hitCount, context.hitLimit) ?? { status: DryRunStatus.Complete, tests: results });
    } finally {
      context.activeMutant = undefined;
      context.hitLimit = undefined;
      context.hitCount = undefined;
    }
  }

  private async untilNoticed(files: readonly string[], wanted: ReadonlySet<string> | undefined): Promise<TestResult[]> {
    const results: TestResult[] = [];
    for (const file of files) {
      for (const test of (await this.tests.of(file)).filter(({ id }) => wanted?.has(id) ?? true)) {
        const result = await run(test);
        results.push(result);
        if (result.status === TestStatus.Failed) return results;
      }
    }
    return results;
  }
}

async function run({ id, name, file, body }: RuleTest): Promise<TestResult> {
  context.currentTestId = id;
  const started = performance.now();
  const told = (): Omit<TestResult, 'status' | 'failureMessage'> => ({ id, name, fileName: file, timeSpentMs: performance.now() - started });
  try {
    await body();
    return { ...told(), status: TestStatus.Success };
  } catch (reason) {
    return { ...told(), status: TestStatus.Failed, failureMessage: reason instanceof Error ? reason.message : String(reason) };
  } finally {
    context.currentTestId = undefined;
  }
}

export const strykerPlugins = [declareClassPlugin(PluginKind.TestRunner, 'rules', RuleRunner)];
