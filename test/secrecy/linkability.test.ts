import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { common } from '@hyperledger/fabric-protos';
import { houseRoot } from '@medaccord/network/cli';
import { runMainJob } from '../demo/main-job.js';
import { startStoryStack, storyTimeoutMs, type StoryStack } from '../scenarios/story-stack.js';
import { linkableFacets, type Facets } from './linkability.js';
import { lookAs, publicBlocks } from './public-blocks.js';

let stack: StoryStack;
let facets: Facets;

beforeAll(async () => {
  stack = await startStoryStack();
  await runMainJob(stack.endpoints);
  const office = { mspId: 'ConsortiumMSP', domain: 'consortium.medaccord.example' };
  const blocks = await lookAs(stack.endpoints, office, (network) => publicBlocks(network, stack.endpoints.channel));
  facets = linkableFacets(blocks.map((block) => common.Block.deserializeBinary(block)));
}, storyTimeoutMs);

afterAll(async () => {
  await stack.stop();
}, storyTimeoutMs);

/** The rows of the README's table of what other members see. */
async function promised(): Promise<string[]> {
  const readme = await readFile(join(houseRoot, 'README.md'), 'utf8');
  const section = readme.split('## What other members can see')[1]?.split('\n## ')[0] ?? '';
  return [...section.matchAll(/^\| ([a-z][^|]*?) \|/gm)].map(([, facet = '']) => facet).filter((facet) => facet !== 'seen');
}

test('what a third member can link is what the README says, no more and no less', async () => {
  const lines = [...facets].map(([facet, examples]) => `${facet}: ${examples.slice(0, 6).join('; ')}${examples.length > 6 ? `; … (${examples.length})` : ''}`);
  process.stdout.write(`A third member sees of the claims transactions:\n  ${lines.join('\n  ')}\n`);
  expect([...facets.keys()].sort()).toEqual((await promised()).sort());
});

test('function, argument, event and response are the same for every command', () => {
  expect(facets.get('function')).toEqual(['apply']);
  expect(facets.get('argument')).toEqual(['a SHA-256']);
  expect(facets.get('event')).toEqual(['claims.changed.v1, 0 bytes']);
  expect(facets.get('response')).toEqual(['0 bytes']);
});
