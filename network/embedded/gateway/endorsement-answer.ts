import { status } from '@grpc/grpc-js';
import { peer } from '@hyperledger/fabric-protos';
import type { Peer } from '../peer/peer.js';
import type { UnpackedProposal } from '../transactions/proposal.js';
import type { EndpointFailure } from './gateway-status.js';

/** A peer's answer as the gateway judges it. */
export type Answer =
  | { readonly ok: true; readonly response: peer.ProposalResponse; readonly interest: () => peer.ChaincodeInterest | undefined }
  | { readonly ok: false; readonly code: status; readonly failure: EndpointFailure; readonly retry: boolean };

/** Asks a peer to run a proposal; never throws. */
export async function ask(asked: Peer, proposal: UnpackedProposal, gatewayMspId: string): Promise<Answer> {
  const outcome = await asked.process(proposal);
  const fail = (code: status, message: string, retry: boolean): Answer => ({
    ok: false,
    code,
    failure: { address: asked.address, mspId: asked.mspId, message },
    retry,
  });
  const isLocal = asked.mspId === gatewayMspId;
  switch (outcome.kind) {
    case 'unavailable':
      return fail(status.UNAVAILABLE, outcome.message, true);
    case 'refused':
      // Only from its own peer does a Fabric gateway see that the proposal was refused and not the connection.
      return isLocal
        ? fail(status.FAILED_PRECONDITION, outcome.message, false)
        : fail(status.UNAVAILABLE, `rpc error: code = Unknown desc = ${outcome.message}`, true);
    case 'answered':
      break;
  }
  const { response, interest } = outcome;
  const result = response.getResponse();
  const code = result?.getStatus() ?? 0;
  const message = result?.getMessage() ?? '';
  if (code >= 200 && code < 400) return { ok: true, response, interest };
  // Without a payload the peer failed, not the chaincode: another peer may do better.
  if (code === 500 && response.getPayload_asU8().length === 0) return fail(status.ABORTED, message, true);
  return fail(status.UNKNOWN, `chaincode response ${code}, ${message}`, false);
}
