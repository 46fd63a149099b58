import type { LicenceKey } from '@medaccord/domain';
import { licenceKeyParts } from '@medaccord/domain';
import { Contract, Transaction } from '../../platform/contract-api.js';
import { MedAccordContext } from '../../platform/medaccord-context.js';
import { serveChaincode } from '../../platform/server/chaincode-server.js';
import type { ContractNetwork } from '../../testing/contract-network.js';

/** The registry as a dishonest organisation might run it: it writes a second event without asking any rule. */
export class PatchedRegistry extends Contract {
  constructor() {
    super('registry');
  }

  override createContext(): MedAccordContext {
    return new MedAccordContext();
  }

  @Transaction()
  async recordBoardOrder(ctx: MedAccordContext, request: string): Promise<void> {
    const { order } = JSON.parse(request) as { order: { licence: LicenceKey } };
    const key = ctx.stub.createCompositeKey('licence-event', [...licenceKeyParts(order.licence), '00000002']);
    await ctx.stub.putState(key, new TextEncoder().encode('{"schema":"licence-event/v1","kind":"INITIAL"}'));
  }
}

/** While one organisation's peer runs patched chaincode, its insider sends an order to these endorsers: Fabric's validation code. */
export async function forgeEvents(network: ContractNetwork, mspId: string, licence: LicenceKey, endorsers: readonly string[]): Promise<number | 'not endorsed'> {
  const server = await serveChaincode({ chaincodeId: 'registry:0.1.0', address: 'localhost:0', mspId, contracts: [PatchedRegistry], title: 'patched', version: '0' });
  const restore = network.serveInstead(mspId, 'registry', server.address);
  try {
    const insider = await network.as(mspId, 'insider', { 'medaccord.role': 'disciplinary-officer' });
    const order = { actionId: 'f'.repeat(32), licence, expectedSequence: 1, steps: [{ kind: 'INITIAL', action: { type: 'REVOKE', effectiveFrom: '2026-02-01', basisCodes: [] } }] };
    const sent = insider.submit('registry', 'recordBoardOrder', { order, signatures: [] }, { endorsers });
    return await sent.then(({ code }) => code, () => 'not endorsed' as const);
  } finally {
    restore();
    server.stop();
  }
}
