import type { ChaincodeStub } from 'fabric-shim-api';
import { canonicalJson } from '@medaccord/domain';
import type { StandingsForClaimsRequest, StandingsForClaimsResponse } from '@medaccord/domain';
import { callChaincode } from './call-chaincode.js';
import { MedAccordContext } from './medaccord-context.js';
import { PrivateDocuments } from './private-documents.js';
import { PrivateReader } from './private-reader.js';
import { withoutPublicWrites } from './private-stub.js';

/** One transaction of a contract that keeps private documents. It cannot write anything public. */
export class PrivateContext extends MedAccordContext {
  #documents: PrivateDocuments | undefined;

  /** Called by the framework, whose types do not tell of it; the original sets the same field. */
  setChaincodeStub(stub: ChaincodeStub): void {
    this.stub = withoutPublicWrites(stub);
  }

  /** Private documents, by their hashes. */
  get documents(): PrivateDocuments {
    return (this.#documents ??= new PrivateDocuments(this.stub));
  }

  /** The caller's own organisation's private data, for queries; throws FOREIGN_PEER at another organisation's peer. */
  get reader(): PrivateReader {
    return new PrivateReader(this.stub, this.caller);
  }

  /** Members, clock and standings in one call: what was read stands in this transaction's read set, and proves it. */
  async askRegistry(request: StandingsForClaimsRequest): Promise<StandingsForClaimsResponse> {
    return JSON.parse(await callChaincode(this, 'registry', 'standingsForClaims', canonicalJson(request))) as StandingsForClaimsResponse;
  }
}
