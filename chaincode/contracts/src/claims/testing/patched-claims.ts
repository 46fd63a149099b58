import { implicitCollection } from '@medaccord/domain';
import { Contract, Transaction } from '../../platform/contract-api.js';
import { MedAccordContext } from '../../platform/medaccord-context.js';
import { serveChaincode } from '../../platform/server/chaincode-server.js';
import type { ContractNetwork } from '../../testing/contract-network.js';

/** Chaincode as a dishonest organisation might run it: it writes whatever it is told into its own collection. */
export class PatchedClaims extends Contract {
  constructor() {
    super('claims');
  }

  override createContext(): MedAccordContext {
    return new MedAccordContext();
  }

  /** Puts the text of the transient map under the key there, or removes the key. */
  @Transaction()
  async rewrite(ctx: MedAccordContext): Promise<void> {
    const { key, value, collection } = JSON.parse(new TextDecoder().decode(ctx.stub.getTransient().get('write'))) as { key: string; value: string | null; collection: string };
    if (value === null) await ctx.stub.deletePrivateData(collection, key);
    else await ctx.stub.putPrivateData(collection, key, new TextEncoder().encode(value));
  }
}

/** While it runs, one organisation's peer runs patched chaincode and the others the real one; its own copies are rewritten. */
export async function rewriteAlone(network: ContractNetwork, mspId: string, writes: readonly { readonly key: string; readonly value: string | null }[]): Promise<readonly number[]> {
  const server = await serveChaincode({ chaincodeId: 'claims:0.1.0', address: 'localhost:0', mspId, contracts: [PatchedClaims], title: 'patched', version: '0' });
  const restore = network.serveInstead(mspId, 'claims', server.address);
  try {
    const insider = await network.as(mspId, 'insider', { 'medaccord.role': 'service' });
    const codes: number[] = [];
    for (const write of writes) {
      const transient = { write: JSON.stringify({ ...write, collection: implicitCollection(mspId) }) };
      codes.push((await insider.submit('claims', 'rewrite', undefined, { transient, endorsers: [mspId] })).code);
    }
    return codes;
  } finally {
    restore();
    server.stop();
  }
}
