// The domain's own tests alone, for mutation testing.
export default {
  rootDir: '..',
  roots: ['<rootDir>/chaincode/domain/dist'],
  testEnvironment: 'node',
  testMatch: ['**/*.test.js'],
  transform: {},
  setupFiles: ['<rootDir>/.config/jest.quick-properties.js'],
};
