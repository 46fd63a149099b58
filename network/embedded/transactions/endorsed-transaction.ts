import { common, peer } from '@hyperledger/fabric-protos';
import { proposalHash } from './proposal.js';

/** An ordered transaction's result and who endorsed it. */
export interface EndorsedTransaction {
  /** Serialised `ProposalResponsePayload`: with the endorser's identity, what the endorsements sign. */
  readonly responsePayload: Uint8Array;
  readonly proposalHash: Uint8Array;
  readonly expectedProposalHash: Uint8Array;
  readonly action: peer.ChaincodeAction;
  readonly endorsements: readonly peer.Endorsement[];
}

/** Takes the data of an endorser transaction's payload apart; throws where it is none. */
export function readEndorsedTransaction(data: Uint8Array, header: common.Header): EndorsedTransaction {
  const actions = peer.Transaction.deserializeBinary(data).getActionsList();
  const [action = new peer.TransactionAction()] = actions;
  if (actions.length !== 1) {
    throw new Error(`only one action per transaction is supported, tx contains ${actions.length}`);
  }
  checkSignatureHeader(common.SignatureHeader.deserializeBinary(action.getHeader_asU8()));
  const payload = peer.ChaincodeActionPayload.deserializeBinary(action.getPayload_asU8());
  const endorsed = payload.getAction() ?? new peer.ChaincodeEndorsedAction();
  const responsePayload = endorsed.getProposalResponsePayload_asU8();
  const response = peer.ProposalResponsePayload.deserializeBinary(responsePayload);
  return {
    responsePayload,
    proposalHash: response.getProposalHash_asU8(),
    expectedProposalHash: proposalHash(
      header.getChannelHeader_asU8(),
      action.getHeader_asU8(),
      payload.getChaincodeProposalPayload_asU8(),
    ),
    action: peer.ChaincodeAction.deserializeBinary(response.getExtension_asU8()),
    endorsements: endorsed.getEndorsementsList(),
  };
}

/** Throws where the header names no creator or carries no nonce. */
export function checkSignatureHeader(header: common.SignatureHeader): void {
  if (header.getNonce_asU8().length === 0) throw new Error('invalid nonce specified in the header');
  if (header.getCreator_asU8().length === 0) throw new Error('invalid creator specified in the header');
}
