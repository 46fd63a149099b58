import contractApi from 'fabric-contract-api';
import type { Context } from 'fabric-contract-api';
import { text } from './results.js';

/** Public state: single keys, and what a transaction sees of its own writes. */
export class StateContract extends contractApi.Contract {
  constructor() {
    super('state');
  }

  async put(ctx: Context, key: string, value: string): Promise<void> {
    await ctx.stub.putState(key, Buffer.from(value));
  }

  async get(ctx: Context, key: string): Promise<string> {
    return text(await ctx.stub.getState(key));
  }

  async remove(ctx: Context, key: string): Promise<void> {
    await ctx.stub.deleteState(key);
  }

  /** Writes `count` keys `<prefix>000`, `<prefix>001`, … */
  async putMany(ctx: Context, prefix: string, count: string): Promise<void> {
    for (let index = 0; index < Number(count); index += 1) {
      await ctx.stub.putState(`${prefix}${String(index).padStart(3, '0')}`, Buffer.from(`value ${index}`));
    }
  }

  /** Reads one key and writes another. */
  async copy(ctx: Context, from: string, to: string): Promise<string> {
    const value = text(await ctx.stub.getState(from));
    await ctx.stub.putState(to, Buffer.from(`${value}*`));
    return value;
  }

  /** What the transaction reads of a key after it has written it. */
  async putThenGet(ctx: Context, key: string, value: string): Promise<string> {
    await ctx.stub.putState(key, Buffer.from(value));
    return text(await ctx.stub.getState(key));
  }

  /** Puts empty bytes, which the ledger takes as a deletion. */
  async putNothing(ctx: Context, key: string): Promise<void> {
    await ctx.stub.putState(key, Buffer.alloc(0));
  }

  async putThenRemove(ctx: Context, key: string): Promise<void> {
    await ctx.stub.putState(key, Buffer.from('short-lived'));
    await ctx.stub.deleteState(key);
  }
}
