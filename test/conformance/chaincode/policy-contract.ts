import contractApi from 'fabric-contract-api';
import type { Context } from 'fabric-contract-api';
import shim from 'fabric-shim';
import { answer, texts } from './results.js';

/** Key-level endorsement policies. */
export class PolicyContract extends contractApi.Contract {
  constructor() {
    super('policy');
  }

  /** Writes a key and sets its policy to "all of these organisations' peers". */
  async putGuarded(ctx: Context, key: string, value: string, mspIds: string): Promise<void> {
    await ctx.stub.putState(key, Buffer.from(value));
    await ctx.stub.setStateValidationParameter(key, allOf(mspIds));
  }

  async set(ctx: Context, key: string, mspIds: string): Promise<void> {
    await ctx.stub.setStateValidationParameter(key, allOf(mspIds));
  }

  /** Sets bytes that the caller made, base64. */
  async setBytes(ctx: Context, key: string, bytes: string): Promise<void> {
    await ctx.stub.putState(key, Buffer.from('guarded'));
    await ctx.stub.setStateValidationParameter(key, Buffer.from(bytes, 'base64'));
  }

  /** Removes the policy of a key. */
  async clear(ctx: Context, key: string): Promise<void> {
    await ctx.stub.setStateValidationParameter(key, Buffer.alloc(0));
  }

  /** MSP ids that the policy of a key names, in alphabetical order; empty where it has none. */
  async get(ctx: Context, key: string): Promise<string> {
    return organisations(await ctx.stub.getStateValidationParameter(key));
  }

  async putPrivateGuarded(ctx: Context, collection: string, key: string, mspIds: string): Promise<void> {
    const value = ctx.stub.getTransient().get('value');
    await ctx.stub.putPrivateData(collection, key, value ?? Buffer.alloc(0));
    await ctx.stub.setPrivateDataValidationParameter(collection, key, allOf(mspIds));
  }

  /** Sets the policy of a private key and writes no value. */
  async setPrivate(ctx: Context, collection: string, key: string, mspIds: string): Promise<void> {
    await ctx.stub.setPrivateDataValidationParameter(collection, key, allOf(mspIds));
  }

  async getPrivate(ctx: Context, collection: string, key: string): Promise<string> {
    return organisations(await ctx.stub.getPrivateDataValidationParameter(collection, key));
  }
}

function allOf(mspIds: string): Uint8Array {
  const policy = new shim.KeyEndorsementPolicy();
  policy.addOrgs('PEER', ...texts(mspIds));
  return policy.getPolicy();
}

function organisations(bytes: Uint8Array | undefined): string {
  return answer(bytes === undefined || bytes.length === 0 ? [] : new shim.KeyEndorsementPolicy(bytes).listOrgs().sort());
}
