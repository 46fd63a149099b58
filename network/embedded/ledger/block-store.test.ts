import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BlockStore } from './block-store.js';
import { Store } from './store.js';
import { CHANNEL, genesisBlock } from './testing/envelopes.js';

test('a block that the database has lost is said to be missing', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'blocks-'));
  const store = await Store.open(directory);
  const blocks = new BlockStore(store);
  await store.write(blocks.operations(genesisBlock(CHANNEL), ['genesis'], [0]));
  expect(blocks.byNumber(0).getHeader()?.getNumber()).toBe(0);
  expect(blocks.find(1)).toBeUndefined();
  expect(() => blocks.byNumber(1)).toThrow('block 1 is missing');
  expect(blocks.envelope(0, 0).length).toBeGreaterThan(0);
  expect([blocks.envelope(0, 1).length, blocks.envelope(1, 0).length]).toEqual([0, 0]);
  await store.close();
  await rm(directory, { recursive: true });
});
