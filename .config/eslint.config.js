import tseslint from 'typescript-eslint';
import { claimsWritesNothingPublic, determinism } from './eslint-determinism.js';

const chaincode = ['chaincode/domain/src/**/*.ts', 'chaincode/contracts/src/**/*.ts'];
/** Runs around transactions, not inside them: starts the server and reads its settings. */
const outsideTransactions = ['chaincode/contracts/src/main.ts', 'chaincode/contracts/src/platform/server/**/*.ts'];
const tests = ['**/*.test.ts', 'test/**/*.ts', '**/testing/**/*.ts'];

export default tseslint.config(
  { ignores: ['**/dist/**', '**/node_modules/**', '.medaccord/**', '.stryker-tmp/**', 'coverage/**'] },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: `${import.meta.dirname}/..` } },
    rules: {
      complexity: ['error', { max: 10, variant: 'modified' }],
      'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
      'max-lines-per-function': ['error', { max: 40, skipBlankLines: true, skipComments: true }],
      '@typescript-eslint/explicit-module-boundary-types': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/no-unused-vars': ['error', { ignoreRestSiblings: true }],
      '@typescript-eslint/consistent-type-imports': ['error', { disallowTypeAnnotations: false }],
      // Nest's modules and the contract API's contracts are classes by necessity.
      '@typescript-eslint/no-extraneous-class': ['error', { allowWithDecorator: true }],
    },
  },
  {
    files: ['gateway-api/src/**/*.ts', 'chaincode/contracts/src/**/*.ts'],
    // Decorated parameters need value imports: their types are read at run time.
    rules: { '@typescript-eslint/consistent-type-imports': 'off' },
  },
  { files: chaincode, ignores: [...tests, ...outsideTransactions], ...determinism },
  { files: ['chaincode/contracts/src/claims/**/*.ts', 'chaincode/contracts/src/credentials/**/*.ts', 'chaincode/contracts/src/platform/private-*.ts'], ignores: tests, ...claimsWritesNothingPublic },
  {
    files: tests,
    rules: {
      'max-lines': ['error', { max: 500, skipBlankLines: true, skipComments: true }],
      'max-lines-per-function': 'off',
      '@typescript-eslint/unbound-method': 'off',
    },
  },
);
