import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import contractApi from 'fabric-contract-api';
import type { Context } from 'fabric-contract-api';

/** Chaincode that misbehaves. */
export class FaultContract extends contractApi.Contract {
  constructor() {
    super('fault');
  }

  async fail(ctx: Context, message: string, key: string): Promise<void> {
    await ctx.stub.putState(key, Buffer.from('never'));
    throw new Error(message);
  }

  /** Answers after a while. */
  async late(ctx: Context, milliseconds: string, key: string): Promise<string> {
    await pause(Number(milliseconds));
    await ctx.stub.putState(key, Buffer.from('late'));
    return 'late';
  }

  /** Ends the chaincode's process in the midst of a transaction. */
  async die(ctx: Context, key: string): Promise<void> {
    await ctx.stub.putState(key, Buffer.from('never'));
    process.exit(7);
  }

  /** Answers so many bytes. */
  large(_ctx: Context, bytes: string): Promise<string> {
    return Promise.resolve('x'.repeat(Number(bytes)));
  }

  /** Writes another value at every peer. */
  async differentWrite(ctx: Context, key: string): Promise<void> {
    await ctx.stub.putState(key, Buffer.from(randomUUID()));
  }

  /** Answers another value at every peer. */
  async differentAnswer(ctx: Context, key: string): Promise<string> {
    await ctx.stub.putState(key, Buffer.from('same'));
    return randomUUID();
  }

  /** Writes another private value at every peer. */
  async differentPrivate(ctx: Context, collection: string, key: string): Promise<void> {
    await ctx.stub.putPrivateData(collection, key, Buffer.from(randomUUID()));
  }

  /** Fails at the peers of one organisation alone. */
  async failAt(ctx: Context, mspId: string, key: string): Promise<void> {
    if (ctx.stub.getMspID() === mspId) {
      throw new Error(`not at ${mspId}`);
    }
    await ctx.stub.putState(key, Buffer.from('elsewhere'));
  }

  async putRaw(ctx: Context, key: string): Promise<void> {
    await ctx.stub.putState(key, Buffer.from('raw'));
  }
}
