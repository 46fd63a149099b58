import { status } from '@grpc/grpc-js';
import { peer } from '@hyperledger/fabric-protos';
import type { Peer } from '../peer/peer.js';
import type { UnpackedProposal } from '../transactions/proposal.js';
import { ask } from './endorsement-answer.js';
import { GatewayStatus } from './gateway-status.js';
import type { EndpointFailure } from './gateway-status.js';
import type { PeerDirectory } from './peer-directory.js';

/**
 * Runs a proposal on one peer: the own organisation's first, then the named ones or, without transient data, any other.
 * Throws {@link GatewayStatus}.
 */
export async function evaluate(
  proposal: UnpackedProposal,
  targetOrganisations: readonly string[],
  peers: PeerDirectory,
): Promise<peer.Response> {
  const candidates = evaluators(proposal, targetOrganisations, peers);
  const failures: EndpointFailure[] = [];
  let code = status.UNAVAILABLE;
  for (const candidate of candidates) {
    const answer = await ask(candidate, proposal, peers.own.mspId);
    if (answer.ok) return resultOf(answer.response);
    failures.push(answer.failure);
    code = answer.code;
    if (!answer.retry) {
      throw new GatewayStatus(code, `evaluate call to endorser returned error: ${answer.failure.message}`, failures);
    }
  }
  throw new GatewayStatus(code, 'failed to evaluate transaction, see attached details for more info', failures);
}

function evaluators(proposal: UnpackedProposal, targets: readonly string[], peers: PeerDirectory): readonly Peer[] {
  const { requestedChaincode: chaincodeName, channelId } = proposal;
  const protect = proposal.hasTransientData && targets.length === 0;
  const allowed = protect ? [peers.own.mspId] : targets;
  const candidates = peers
    .withChaincode(chaincodeName)
    .filter(({ mspId }) => allowed.length === 0 || allowed.includes(mspId));
  if (candidates.length > 0) return candidates;
  const reason = `no peers available to evaluate chaincode ${chaincodeName} in channel ${channelId}`;
  throw new GatewayStatus(
    status.FAILED_PRECONDITION,
    protect
      ? `no endorsers found in the gateway's organization; retry specifying target organization(s) to protect transient data: ${reason}`
      : reason,
  );
}

/** The transaction's result: what the peer would have endorsed, where it endorsed anything. */
function resultOf(proposalResponse: peer.ProposalResponse): peer.Response {
  const response = proposalResponse.getResponse() ?? new peer.Response();
  const payload = proposalResponse.getPayload_asU8();
  const { ProposalResponsePayload, ChaincodeAction } = peer;
  const action = ChaincodeAction.deserializeBinary(ProposalResponsePayload.deserializeBinary(payload).getExtension_asU8());
  response.setPayload(action.getResponse()?.getPayload_asU8() ?? new Uint8Array());
  return response;
}
