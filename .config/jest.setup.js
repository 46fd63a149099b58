import { jest } from '@jest/globals';

// Tests of real processes can starve on a machine that others use too. On CI a failed test runs once more, and the log
// shows its first failure; at a developer's desk it fails at once.
if (process.env.CI !== undefined) jest.retryTimes(1, { logErrorsBeforeRetry: true });
