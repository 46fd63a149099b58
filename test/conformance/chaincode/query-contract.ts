import contractApi from 'fabric-contract-api';
import type { Context } from 'fabric-contract-api';
import { answer, drain, text, texts } from './results.js';

/** Ranges, composite keys, pages, history, and several of them at once. */
export class QueryContract extends contractApi.Contract {
  constructor() {
    super('query');
  }

  async range(ctx: Context, start: string, end: string): Promise<string> {
    return answer(await drain(await ctx.stub.getStateByRange(start, end)));
  }

  /** Reads a range and writes a key, so that the range is validated at commit. */
  async rangeThenPut(ctx: Context, start: string, end: string, key: string): Promise<string> {
    const entries = await drain(await ctx.stub.getStateByRange(start, end));
    await ctx.stub.putState(key, Buffer.from(String(entries.length)));
    return answer(entries.length);
  }

  /** Reads only the first of a range and writes a key: the range is validated as far as it was read. */
  async firstOfRangeThenPut(ctx: Context, start: string, end: string, key: string): Promise<string> {
    const iterator = await ctx.stub.getStateByRange(start, end);
    const first = await iterator.next();
    await iterator.close();
    await ctx.stub.putState(key, Buffer.from('seen'));
    return first.value.key;
  }

  async page(ctx: Context, start: string, end: string, size: string, bookmark: string): Promise<string> {
    const response = await ctx.stub.getStateByRangeWithPagination(start, end, Number(size), bookmark);
    return answer({ entries: await drain(response.iterator), ...pageEnd(response) });
  }

  async pageThenPut(ctx: Context, start: string, end: string, key: string): Promise<void> {
    const { iterator } = await ctx.stub.getStateByRangeWithPagination(start, end, 2, '');
    await iterator.close();
    await ctx.stub.putState(key, Buffer.from('never'));
  }

  async putThenPage(ctx: Context, start: string, end: string, key: string): Promise<void> {
    await ctx.stub.putState(key, Buffer.from('never'));
    await ctx.stub.getStateByRangeWithPagination(start, end, 2, '');
  }

  async putComposite(ctx: Context, type: string, attributes: string, value: string): Promise<void> {
    await ctx.stub.putState(ctx.stub.createCompositeKey(type, texts(attributes)), Buffer.from(value));
  }

  async partial(ctx: Context, type: string, attributes: string): Promise<string> {
    const entries = await drain(await ctx.stub.getStateByPartialCompositeKey(type, texts(attributes)));
    return answer(entries.map(({ key, value }) => ({ attributes: ctx.stub.splitCompositeKey(key).attributes, value })));
  }

  /** Every page of a partial composite key, following the bookmarks. */
  async allPartialPages(ctx: Context, type: string, attributes: string, size: string): Promise<string> {
    const pages: string[][] = [];
    let bookmark = '';
    do {
      const response = await ctx.stub.getStateByPartialCompositeKeyWithPagination(type, texts(attributes), Number(size), bookmark);
      pages.push((await drain(response.iterator)).map(({ value }) => value));
      bookmark = pageEnd(response).bookmark;
    } while (bookmark !== '');
    return answer(pages);
  }

  async history(ctx: Context, key: string): Promise<string> {
    const iterator = await ctx.stub.getHistoryForKey(key);
    const versions: object[] = [];
    for (let next = await iterator.next(); !next.done; next = await iterator.next()) {
      const { txId, value, isDelete, timestamp } = next.value;
      versions.push({ txId, value: text(value), isDelete, seconds: Number(timestamp.seconds) });
    }
    await iterator.close();
    return answer(versions);
  }

  /** Reads two ranges and a history in turns, one result each at a time. */
  async interleaved(ctx: Context, first: string, second: string, historyKey: string): Promise<string> {
    const one = await ctx.stub.getStateByRange(first, `${first}~`);
    const two = await ctx.stub.getStateByRange(second, `${second}~`);
    const three = await ctx.stub.getHistoryForKey(historyKey);
    const seen: string[] = [];
    for (let turn = 0; turn < 3; turn += 1) {
      seen.push(text((await one.next()).value.value), text((await two.next()).value.value), text((await three.next()).value.value));
    }
    await one.close();
    await two.close();
    await three.close();
    return answer(seen);
  }

  /** A query in CouchDB's language. */
  async rich(ctx: Context, query: string): Promise<string> {
    return answer(await drain(await ctx.stub.getQueryResult(query)));
  }
}

/** The shim leaves the metadata out where both its fields are empty. */
function pageEnd({ metadata }: { readonly metadata?: { readonly bookmark: string; readonly fetchedRecordsCount: number } }): { readonly bookmark: string; readonly count: number } {
  return { bookmark: metadata?.bookmark ?? '', count: metadata?.fetchedRecordsCount ?? 0 };
}
