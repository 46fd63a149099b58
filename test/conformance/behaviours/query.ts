import { strict as assert } from 'node:assert';
import { peer } from '@hyperledger/fabric-protos';
import { type Behaviour, behaviour } from '../behaviour.js';
import { ALPHA, BETA } from '../world/consortium.js';
import { refusalOf } from '../world/refusal.js';

interface Entry {
  readonly key: string;
  readonly value: string;
}
interface Page {
  readonly entries: readonly Entry[];
  readonly bookmark: string;
  readonly count: number;
}

export const queryBehaviours: readonly Behaviour[] = [
  behaviour('state.own-writes', 'a transaction does not see its own writes', async (world) => {
    const key = world.key();
    await world.valid('basic', 'state:put', [key, 'before']);
    assert.equal((await world.valid('basic', 'state:putThenGet', [key, 'after'])).result, 'before');
    assert.equal(await world.evaluate('basic', 'state:get', [key]), 'after');
    return undefined;
  }),

  behaviour('state.delete', 'a deleted key is absent; the last write of a transaction counts', async (world) => {
    const key = world.key();
    await world.valid('basic', 'state:put', [key, 'x']);
    await world.valid('basic', 'state:remove', [key]);
    assert.equal(await world.evaluate('basic', 'state:get', [key]), '');
    await world.valid('basic', 'state:putThenRemove', [key]);
    assert.equal(await world.evaluate('basic', 'state:get', [key]), '');
    return undefined;
  }),

  behaviour('state.empty-value', 'writing nothing deletes', async (world) => {
    const key = world.key();
    await world.valid('basic', 'state:put', [key, 'x']);
    const outcome = await world.submit('basic', 'state:putNothing', [key]);
    const transaction = await world.transaction(outcome);
    const write = transaction.endorsed?.namespaces.find(({ name }) => name === 'basic')?.writes.get(key);
    const range = await world.query<Entry[]>('basic', 'query:range', [key, `${key}~`]);
    const history = await world.query<{ isDelete: boolean }[]>('basic', 'query:history', [key]);
    return { code: outcome.code, isDelete: write?.isDelete, found: range.length, history: history.map(({ isDelete }) => isDelete) };
  }),

  behaviour('state.empty-key', 'an empty key is a key through the contract API', async (world) => {
    const outcome = await world.submit('open', 'state:put', ['', 'nameless']).then(({ code }) => code, (error: unknown) => (error as { message: string }).message);
    const read = await world.evaluate('open', 'state:get', ['']).catch((error: unknown) => (error as { message: string }).message);
    return { outcome, read };
  }),

  behaviour('state.namespaces', 'chaincodes do not see each other’s keys', async (world) => {
    const key = world.key();
    await world.valid('basic', 'state:put', [key, 'mine']);
    assert.equal(await world.evaluate('open', 'state:get', [key]), '');
    return undefined;
  }),

  behaviour('query.range', 'a range has its start and not its end, in the order of UTF-8 bytes', async (world) => {
    const prefix = world.key();
    // In UTF-16 code units the last two stand the other way round.
    const names = ['A', 'Z', 'a', 'ä', '￿', '😀'];
    for (const name of [...names].reverse()) {
      await world.valid('basic', 'state:put', [prefix + name, name]);
    }
    const all = await world.query<Entry[]>('basic', 'query:range', [prefix, `${prefix}\u{10fffd}`]);
    assert.deepEqual(all.map(({ value }) => value), names);
    const some = await world.query<Entry[]>('basic', 'query:range', [`${prefix}Z`, `${prefix}ä`]);
    assert.deepEqual(some.map(({ value }) => value), ['Z', 'a']);
    return undefined;
  }),

  behaviour('query.range.open', 'a range with open ends has every plain key and no composite one', async (world) => {
    const key = world.key();
    await world.valid('strict', 'state:put', [key, 'plain']);
    await world.valid('strict', 'query:putComposite', ['kind', JSON.stringify([key]), 'composite']);
    const all = await world.query<Entry[]>('strict', 'query:range', ['', '']);
    assert.ok(all.some((entry) => entry.key === key));
    assert.ok(all.every((entry) => !entry.key.startsWith('\u0000')));
    return undefined;
  }),

  behaviour('query.range.many', 'a range of more results than one message holds arrives whole', async (world) => {
    const prefix = world.key();
    await world.valid('basic', 'state:putMany', [prefix, '350']);
    const all = await world.query<Entry[]>('basic', 'query:range', [prefix, `${prefix}~`]);
    assert.deepEqual(all.map(({ value }) => value), Array.from({ length: 350 }, (_, index) => `value ${index}`));
    return undefined;
  }),

  behaviour('query.range.empty', 'a range without results, and one that ends before it starts', async (world) => {
    const prefix = world.key();
    assert.deepEqual(await world.query('basic', 'query:range', [prefix, `${prefix}~`]), []);
    await world.valid('basic', 'state:put', [`${prefix}5`, 'x']);
    assert.deepEqual(await world.query('basic', 'query:range', [`${prefix}9`, `${prefix}0`]), []);
    return undefined;
  }),

  behaviour('query.composite', 'a partial composite key finds what begins with its attributes, and only whole attributes', async (world) => {
    const type = world.key();
    for (const attributes of [['a', '1'], ['a', '2'], ['a', '10'], ['ab', '1'], ['b', '1']]) {
      await world.valid('basic', 'query:putComposite', [type, JSON.stringify(attributes), attributes.join('-')]);
    }
    const found = async (...attributes: string[]): Promise<string[]> =>
      (await world.query<{ value: string }[]>('basic', 'query:partial', [type, JSON.stringify(attributes)])).map(({ value }) => value);
    assert.deepEqual(await found('a'), ['a-1', 'a-10', 'a-2']);
    assert.deepEqual(await found(), ['a-1', 'a-10', 'a-2', 'ab-1', 'b-1']);
    assert.deepEqual(await found('a', '1'), ['a-1']);
    assert.deepEqual(await found('c'), []);
    const [first] = await world.query<{ attributes: string[] }[]>('basic', 'query:partial', [type, JSON.stringify(['b'])]);
    assert.deepEqual(first?.attributes, ['b', '1']);
    return undefined;
  }),

  behaviour('query.page', 'pages follow each other by their bookmarks to the end', async (world) => {
    const prefix = world.key();
    await world.valid('basic', 'state:putMany', [prefix, '5']);
    const page = async (bookmark: string, size = '2'): Promise<Page> => world.query('basic', 'query:page', [prefix, `${prefix}~`, size, bookmark]);
    const first = await page('');
    const second = await page(first.bookmark);
    const third = await page(second.bookmark);
    assert.deepEqual([first, second, third].map(({ entries, count }) => [entries.map(({ value }) => value), count]), [
      [['value 0', 'value 1'], 2], [['value 2', 'value 3'], 2], [['value 4'], 1],
    ]);
    assert.equal(first.bookmark, `${prefix}002`);
    assert.equal(third.bookmark, '');
    const exact = await page('', '5');
    const none = await world.query<Page>('basic', 'query:page', [`${prefix}9`, `${prefix}~`, '2', '']);
    return { exact: exact.bookmark === '', none: none.count };
  }),

  behaviour('query.page.odd-sizes', 'page sizes of zero and below', async (world) => {
    const prefix = world.key();
    await world.valid('basic', 'state:putMany', [prefix, '3']);
    const outcome = async (size: string): Promise<unknown> =>
      world.query<Page>('basic', 'query:page', [prefix, `${prefix}~`, size, '']).then(({ count }) => count, (error: unknown) => (error as { message: string }).message);
    return { zero: await outcome('0'), negative: await outcome('-1') };
  }),

  behaviour('query.page.composite', 'composite keys come in pages as well', async (world) => {
    const type = world.key();
    for (const attribute of ['1', '2', '3', '4', '5']) {
      await world.valid('basic', 'query:putComposite', [type, JSON.stringify(['a', attribute]), attribute]);
    }
    assert.deepEqual(await world.query('basic', 'query:allPartialPages', [type, JSON.stringify(['a']), '2']), [['1', '2'], ['3', '4'], ['5']]);
    return undefined;
  }),

  behaviour('query.page.write', 'a transaction that reads in pages may not write, and the other way round', async (world) => {
    const prefix = world.key();
    await world.valid('basic', 'state:putMany', [prefix, '3']);
    const pageFirst = await world.refused('basic', 'query:pageThenPut', [prefix, `${prefix}~`, world.key()]);
    const writeFirst = await world.refused('basic', 'query:putThenPage', [prefix, `${prefix}~`, world.key()]);
    return { pageFirst, writeFirst };
  }),

  behaviour('query.history', 'the history of a key has every valid version, the newest first', async (world) => {
    const key = world.key();
    const written = await world.valid('basic', 'state:put', [key, 'one']);
    const invalid = await world.submit('basic', 'state:put', [key, 'never'], { endorsers: [ALPHA] });
    const removed = await world.valid('basic', 'state:remove', [key]);
    const again = await world.valid('basic', 'state:put', [key, 'two']);
    assert.equal(invalid.code, 10);
    const history = await world.query<{ txId: string; value: string; isDelete: boolean; seconds: number }[]>('basic', 'query:history', [key]);
    assert.deepEqual(history.map(({ txId, value, isDelete }) => [txId, value, isDelete]), [
      [again.txId, 'two', false], [removed.txId, '', true], [written.txId, 'one', false],
    ]);
    assert.ok(history.every(({ seconds }) => Math.abs(seconds - Date.now() / 1000) < 120));
    assert.deepEqual(await world.query('basic', 'query:history', [world.key()]), []);
    return undefined;
  }),

  behaviour('query.history.same-block', 'several versions within one block are all there', async (world) => {
    const key = world.key();
    const endorsed = await Promise.all(['a', 'b', 'c'].map((value) => world.endorse('basic', 'state:put', [key, value])));
    const outcomes = await Promise.all(endorsed.map((transaction) => world.commit(transaction)));
    assert.deepEqual(outcomes.map(({ code }) => code), [0, 0, 0]);
    const history = await world.query<{ value: string }[]>('basic', 'query:history', [key]);
    assert.deepEqual(history.map(({ value }) => value).sort(), ['a', 'b', 'c']);
    assert.equal(await world.evaluate('basic', 'state:get', [key]), history[0]?.value);
    return undefined;
  }),

  behaviour('query.iterators', 'several iterators are open at once and do not disturb each other', async (world) => {
    const [one, two, key] = [world.key(), world.key(), world.key()];
    await world.valid('basic', 'state:putMany', [one, '3']);
    await world.valid('basic', 'state:putMany', [two, '3']);
    for (const value of ['first', 'second', 'third']) {
      await world.valid('basic', 'state:put', [key, value]);
    }
    assert.deepEqual(await world.query('basic', 'query:interleaved', [one, two, key]), [
      'value 0', 'value 0', 'third', 'value 1', 'value 1', 'second', 'value 2', 'value 2', 'first',
    ]);
    return undefined;
  }),

  behaviour('query.rich', 'queries in CouchDB’s language are refused on LevelDB', async (world) => {
    return { refusal: await world.refusedQuery('basic', 'query:rich', ['{"selector":{}}']) };
  }),

  behaviour('query.page.bookmark', 'a bookmark is a place to begin, whatever the page size', async (world) => {
    const prefix = world.key();
    await world.valid('basic', 'state:putMany', [prefix, '5']);
    const { entries, count, bookmark } = await world.query<Page>('basic', 'query:page', [prefix, `${prefix}~`, '0', `${prefix}002`]);
    return { values: entries.map(({ value }) => value), count, bookmark };
  }),

  behaviour('query.messages', 'messages of a chaincode that make no sense are answered with an error, and a private range knows no pages', async (world) => {
    const send = async (type: string, message: { serializeBinary(): Uint8Array }): Promise<Buffer> =>
      Buffer.from(await world.evaluate('basic', 'batch:message', [type, Buffer.from(message.serializeBinary()).toString('base64')]), 'base64');
    const prefix = world.key();
    for (const name of ['a', 'b']) {
      await world.valid('basic', 'private:put', ['shared', prefix + name], { transient: { value: name }, endorsers: [ALPHA, BETA] });
    }
    const range = new peer.GetStateByRange();
    range.setCollection('shared');
    range.setStartkey(prefix);
    range.setEndkey(`${prefix}~`);
    const paging = new peer.QueryMetadata();
    paging.setPagesize(1);
    range.setMetadata(paging.serializeBinary());
    const next = new peer.QueryStateNext();
    next.setId('nobody');
    const purge = new peer.PurgePrivateState();
    purge.setKey(prefix);
    const batch = new peer.WriteBatchState();
    batch.setRecList([new peer.WriteRecord()]);
    return {
      privatePage: peer.QueryResponse.deserializeBinary(await send('GET_STATE_BY_RANGE', range)).getResultsList().length,
      next: await refusalOf(send('QUERY_STATE_NEXT', next)),
      publicPurge: await refusalOf(send('PURGE_PRIVATE_DATA', purge)),
      kindless: await refusalOf(send('WRITE_BATCH_STATE', batch)),
    };
  }),
];
