import { storyNetwork, storyTimeoutMs } from '../scenarios/story-stack.js';
import { hasPython } from './python.js';
import { runOracle } from './run-oracle.js';

const reason = storyNetwork !== 'embedded' ? 'the answer key is compared on the embedded network' : (await hasPython()) ? undefined : 'python3 was not found';
if (reason !== undefined) console.warn(`skipped: ${reason}`);

(reason === undefined ? test : test.skip)('300 claims come to what the independent answer key says', async () => {
  const { matched, differences, unsupported } = await runOracle({ seed: 1, claims: 300 });
  expect({ differences, unsupported }).toEqual({ differences: [], unsupported: 0 });
  expect(matched).toBeGreaterThan(300);
}, storyTimeoutMs);
