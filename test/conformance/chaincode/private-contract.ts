import contractApi from 'fabric-contract-api';
import type { Context } from 'fabric-contract-api';
import { answer, drainPrivate, text, texts } from './results.js';

/** Private data. Values come in the transient map, as they should. */
export class PrivateContract extends contractApi.Contract {
  constructor() {
    super('private');
  }

  /** Writes the transient `value` under a key. */
  async put(ctx: Context, collection: string, key: string): Promise<void> {
    await ctx.stub.putPrivateData(collection, key, transientValue(ctx));
  }

  /** Writes the transient `value` under the same key of several collections. */
  async putAll(ctx: Context, collections: string, key: string): Promise<void> {
    for (const collection of texts(collections)) {
      await ctx.stub.putPrivateData(collection, key, transientValue(ctx));
    }
  }

  async get(ctx: Context, collection: string, key: string): Promise<string> {
    return text(await ctx.stub.getPrivateData(collection, key));
  }

  /** Hexadecimal; empty where there is none. */
  async hash(ctx: Context, collection: string, key: string): Promise<string> {
    return Buffer.from(await ctx.stub.getPrivateDataHash(collection, key)).toString('hex');
  }

  async remove(ctx: Context, collection: string, key: string): Promise<void> {
    await ctx.stub.deletePrivateData(collection, key);
  }

  async purge(ctx: Context, collection: string, key: string): Promise<void> {
    await ctx.stub.purgePrivateData(collection, key);
  }

  /** What the transaction reads of a private key after it has written it. */
  async putThenGet(ctx: Context, collection: string, key: string): Promise<string> {
    await ctx.stub.putPrivateData(collection, key, transientValue(ctx));
    return text(await ctx.stub.getPrivateData(collection, key));
  }

  /** Reads the hash of one private key and writes a public one. */
  async hashThenPut(ctx: Context, collection: string, key: string, publicKey: string): Promise<void> {
    const hash = Buffer.from(await ctx.stub.getPrivateDataHash(collection, key)).toString('hex');
    await ctx.stub.putState(publicKey, Buffer.from(hash));
  }

  /** Reads a private value and writes a public key. */
  async getThenPut(ctx: Context, collection: string, key: string, publicKey: string): Promise<void> {
    await ctx.stub.getPrivateData(collection, key);
    await ctx.stub.putState(publicKey, Buffer.from('read'));
  }

  async range(ctx: Context, collection: string, start: string, end: string): Promise<string> {
    return answer(await drainPrivate(ctx.stub.getPrivateDataByRange(collection, start, end)));
  }

  async rangeThenPut(ctx: Context, collection: string, start: string, end: string): Promise<void> {
    await drainPrivate(ctx.stub.getPrivateDataByRange(collection, start, end));
    await ctx.stub.putState(start, Buffer.from('never'));
  }

  async putThenRange(ctx: Context, collection: string, start: string, end: string): Promise<void> {
    await ctx.stub.putState(start, Buffer.from('never'));
    await drainPrivate(ctx.stub.getPrivateDataByRange(collection, start, end));
  }

  async putComposite(ctx: Context, collection: string, type: string, attributes: string): Promise<void> {
    await ctx.stub.putPrivateData(collection, ctx.stub.createCompositeKey(type, texts(attributes)), transientValue(ctx));
  }

  async partial(ctx: Context, collection: string, type: string, attributes: string): Promise<string> {
    const entries = await drainPrivate(ctx.stub.getPrivateDataByPartialCompositeKey(collection, type, texts(attributes)));
    return answer(entries.map(({ value }) => value));
  }
}

function transientValue(ctx: Context): Uint8Array {
  const value = ctx.stub.getTransient().get('value');
  if (value === undefined) {
    throw new Error('the transient map has no value');
  }
  return value;
}
