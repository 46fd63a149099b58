// Tests run on what tsc built: the very files that the chaincodes and the gateways run.
const packages = ['chaincode/domain', 'chaincode/contracts', 'network', 'gateway-api', 'test'];

export default {
  rootDir: '..',
  testEnvironment: 'node',
  roots: packages.map((folder) => `<rootDir>/${folder}/dist`),
  testMatch: ['**/*.test.js'],
  transform: {},
  maxWorkers: 2,
  testTimeout: 30_000,
};
