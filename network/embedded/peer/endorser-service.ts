import type { peer } from '@hyperledger/fabric-protos';
import { serviceError } from '../gateway/gateway-status.js';
import { unpackProposal } from '../transactions/proposal.js';
import type { Endorser } from './endorser.js';

/** `protos.Endorser` of one organisation's peer, for clients that collect endorsements themselves. */
export function endorserService(endorser: Endorser): peer.IEndorserServer {
  return {
    processProposal: (call, respond) => {
      process(endorser, call.request).then(
        (response) => {
          respond(null, response);
        },
        (cause: unknown) => {
          respond(serviceError(cause));
        },
      );
    },
  };
}

async function process(endorser: Endorser, signed: peer.SignedProposal): Promise<peer.ProposalResponse> {
  const outcome = await endorser.process(unpackProposal(signed));
  // What the peer refuses before it runs anything reaches clients as an error of the call (UNKNOWN).
  if (outcome.kind !== 'answered') throw new Error(outcome.message);
  outcome.response.setInterest(outcome.interest());
  return outcome.response;
}
