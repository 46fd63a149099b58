import { status } from '@grpc/grpc-js';
import type { UnpackedProposal } from '../transactions/proposal.js';
import { GatewayStatus } from './gateway-status.js';

/** What a gateway answers to an evaluation on a channel that its peer has not joined. */
export function evaluationElsewhere(channelId: string): GatewayStatus {
  return new GatewayStatus(status.UNAVAILABLE, `failed to get config for channel [${channelId}]: could not get last config for channel ${channelId}`);
}

/** What it answers to a proposal to be endorsed there: it knows neither peers nor chaincodes of the channel. */
export function endorsementElsewhere(proposal: UnpackedProposal, endorsingOrganisations: readonly string[]): GatewayStatus {
  if (endorsingOrganisations.length > 0) {
    return new GatewayStatus(status.UNAVAILABLE, `failed to find any endorsing peers for org(s): ${endorsingOrganisations.join(', ')}`);
  }
  return new GatewayStatus(
    status.FAILED_PRECONDITION,
    proposal.hasTransientData
      ? "no endorsers found in the gateway's organization; retry specifying endorsing organization(s) to protect transient data"
      : `no combination of peers can be derived which satisfy the endorsement policy: No metadata was found for chaincode ${proposal.requestedChaincode} in channel ${proposal.channelId}`,
  );
}
