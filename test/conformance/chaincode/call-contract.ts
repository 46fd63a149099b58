import contractApi from 'fabric-contract-api';
import type { Context } from 'fabric-contract-api';
import { answer, text, texts } from './results.js';

/** Calls between chaincodes, events, and what a transaction learns about itself. */
export class CallContract extends contractApi.Contract {
  constructor() {
    super('call');
  }

  /** Calls another chaincode; an empty channel is this one. Answers its status and payload. */
  async other(ctx: Context, chaincode: string, args: string, channel: string): Promise<string> {
    const response = await ctx.stub.invokeChaincode(chaincode, texts(args), channel);
    return answer({ status: response.status, message: response.message ?? '', payload: text(response.payload) });
  }

  /** Writes a key here and calls another chaincode. */
  async putAndCall(ctx: Context, key: string, chaincode: string, args: string): Promise<string> {
    await ctx.stub.putState(key, Buffer.from('caller'));
    return text((await ctx.stub.invokeChaincode(chaincode, texts(args), '')).payload);
  }

  /** Reads a key here and calls another chaincode. */
  async getAndCall(ctx: Context, key: string, chaincode: string, args: string): Promise<string> {
    await ctx.stub.getState(key);
    return text((await ctx.stub.invokeChaincode(chaincode, texts(args), '')).payload);
  }

  /** Writes the transient `value` under a private key here and calls another chaincode. */
  async putPrivateAndCall(ctx: Context, collection: string, key: string, chaincode: string, args: string): Promise<string> {
    await ctx.stub.putPrivateData(collection, key, ctx.stub.getTransient().get('value') ?? Buffer.alloc(0));
    return text((await ctx.stub.invokeChaincode(chaincode, texts(args), '')).payload);
  }

  /** Sets an event here and calls a chaincode that sets one too. */
  async eventAndCall(ctx: Context, key: string, chaincode: string): Promise<void> {
    await ctx.stub.putState(key, Buffer.from('caller'));
    ctx.stub.setEvent('outer', Buffer.from('of the caller'));
    await ctx.stub.invokeChaincode(chaincode, ['call:event', 'inner', 'of the callee', `${key}-callee`], '');
  }

  /** Writes a key and sets an event. */
  async event(ctx: Context, name: string, payload: string, key: string): Promise<void> {
    await ctx.stub.putState(key, Buffer.from(payload));
    ctx.stub.setEvent(name, Buffer.from(payload));
  }

  async twoEvents(ctx: Context, key: string): Promise<void> {
    await ctx.stub.putState(key, Buffer.from('two'));
    ctx.stub.setEvent('first', Buffer.from('1'));
    ctx.stub.setEvent('second', Buffer.from('2'));
  }

  /** The transient map, values as text. */
  transient(ctx: Context): Promise<string> {
    return Promise.resolve(answer(Object.fromEntries([...ctx.stub.getTransient()].map(([name, value]) => [name, text(value)]))));
  }

  /** Who calls, at which peer, in which transaction. */
  self(ctx: Context, attribute: string): Promise<string> {
    const { stub, clientIdentity } = ctx;
    const proposal = stub.getSignedProposal();
    return Promise.resolve(answer({
      mspId: clientIdentity.getMSPID(),
      id: clientIdentity.getID(),
      attribute: clientIdentity.getAttributeValue(attribute),
      peer: stub.getMspID(),
      channel: stub.getChannelID(),
      txId: stub.getTxID(),
      creator: text(stub.getCreator().idBytes),
      seconds: Number(stub.getTxTimestamp().seconds),
      binding: stub.getBinding(),
      signature: Buffer.from(proposal.signature).toString('base64'),
    }));
  }
}
