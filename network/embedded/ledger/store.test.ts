import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { put, Store } from './store.js';

test('a closed reader has no more records', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'store-'));
  const store = await Store.open(directory);
  await store.write([put('a', Buffer.from('1')), put('b', Buffer.from('2'))]);
  const reader = store.iterate({ gte: 'a', lt: 'z' });
  expect((await reader.next())?.[0]).toBe('a');
  reader.close();
  reader.close();
  expect(await reader.next()).toBeUndefined();
  await store.close();
  await rm(directory, { recursive: true });
});
