// Tests run on what tsc built: the very files that the chaincode and the gateways run.
export default {
  testEnvironment: 'node',
  roots: ['chaincode/domain/dist', 'chaincode/contracts/dist', 'network/dist', 'gateway-api/dist', 'test/dist'].map((dir) => `<rootDir>/${dir}`),
  testMatch: ['**/*.test.js'],
  transform: {},
  maxWorkers: 2,
  testTimeout: 30_000,
};
