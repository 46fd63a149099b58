import { existsSync } from 'node:fs';
import { join } from 'node:path';

// Tests run on what tsc built: the very files that the chaincodes and the gateways run.
const root = join(import.meta.dirname, '..');
const packages = ['chaincode/domain', 'chaincode/contracts', 'network', 'gateway-api', 'test'];

export default {
  rootDir: root,
  testEnvironment: 'node',
  roots: packages.map((folder) => join(root, folder, 'dist')).filter(existsSync),
  testMatch: ['**/*.test.js'],
  transform: {},
  setupFilesAfterEnv: [join(root, '.config/jest.setup.js')],
  maxWorkers: 2,
  testTimeout: 30_000,
};
