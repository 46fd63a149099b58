import { fileURLToPath } from 'node:url';

// Mutation testing of the rules: each rule is changed in turn, and some test of the domain has to notice.
export default {
  testRunner: 'rules',
  plugins: [fileURLToPath(new URL('../test/dist/mutants/rules/rule-runner.js', import.meta.url))],
  mutate: ['chaincode/domain/src/**/*.ts', '!chaincode/domain/src/**/*.test.ts', '!chaincode/domain/src/**/testing/**', '!chaincode/domain/src/index.ts'],
  buildCommand: 'node ../../node_modules/typescript/bin/tsc -b chaincode/domain',
  coverageAnalysis: 'perTest',
  // What is computed while a module loads would need every test for each change; the report counts it as ignored.
  ignoreStatic: true,
  concurrency: 1,
  // A busy machine is no time-out: what would be counted as noticed is not.
  timeoutMS: 30_000,
  timeoutFactor: 4,
  reporters: ['progress', 'clear-text', 'json'],
  clearTextReporter: { logTests: false, allowColor: false },
  jsonReporter: { fileName: '.medaccord/mutants-domain.json' },
  ignorePatterns: ['.medaccord', 'network', 'gateway-api', 'test', 'chaincode/contracts'],
  tempDirName: '.stryker-tmp',
  allowConsoleColors: false,
};
