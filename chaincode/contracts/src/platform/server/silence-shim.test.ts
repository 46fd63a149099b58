import { createRequire } from 'node:module';
import { silenceShim } from './silence-shim.js';

const { getLogger } = createRequire(import.meta.url)('fabric-shim/lib/logger.js') as { getLogger: (name: string) => { silent: boolean } };

test('the shim’s own loggers are silent at the level that nobody chose, and at no other', () => {
  const logger = getLogger('lib/handler.js');
  logger.silent = false;
  silenceShim('DEBUG');
  silenceShim(undefined);
  expect(logger.silent).toBe(false);
  silenceShim('CRITICAL');
  expect(logger.silent).toBe(true);
});
