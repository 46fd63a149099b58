import { status } from '@grpc/grpc-js';
import type { peer } from '@hyperledger/fabric-protos';
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
  switch (outcome.kind) {
    case 'unavailable':
      return failed(asked, status.UNAVAILABLE, asked.mspId === gatewayMspId ? outcome.message : overGrpc(outcome.message), true);
    case 'refused':
      // Only from its own peer does a Fabric gateway see that the proposal was refused and not the connection.
      return asked.mspId === gatewayMspId
        ? failed(asked, status.FAILED_PRECONDITION, outcome.message, false)
        : failed(asked, status.UNAVAILABLE, overGrpc(outcome.message), true);
    case 'answered':
      return judge(asked, outcome.response, outcome.interest);
  }
}

/** How a gateway words what another organisation's peer answered with an error. */
function overGrpc(message: string): string {
  return message.startsWith('rpc error: ') ? message : `rpc error: code = Unknown desc = ${message}`;
}

function judge(asked: Peer, response: peer.ProposalResponse, interest: () => peer.ChaincodeInterest | undefined): Answer {
  const result = response.getResponse();
  const code = result?.getStatus() ?? 0;
  const message = result?.getMessage() ?? '';
  if (code >= 200 && code < 400) return { ok: true, response, interest };
  // Without a payload the peer failed, not the chaincode: another peer may do better.
  if (code === 500 && response.getPayload_asU8().length === 0) return failed(asked, status.ABORTED, message, true);
  return failed(asked, status.UNKNOWN, `chaincode response ${code}, ${message}`, false);
}

function failed({ address, mspId }: Peer, code: status, message: string, retry: boolean): Answer {
  return { ok: false, code, failure: { address, mspId, message }, retry };
}
