import { common, peer } from '@hyperledger/fabric-protos';
import type { Membership } from '../membership.js';
import type { AdmittedEnvelopes } from '../ordering/admitted-envelopes.js';
import { checkSignatureHeader, readEndorsedTransaction } from '../transactions/endorsed-transaction.js';
import type { EndorsedTransaction } from '../transactions/endorsed-transaction.js';
import { transactionId } from '../transactions/transaction-id.js';
import { InvalidTransaction, orInvalid } from './invalid-transaction.js';

const Code = peer.TxValidationCode;
const { ENDORSER_TRANSACTION, CONFIG, CONFIG_UPDATE } = common.HeaderType;

/** Who knows creators, and which envelopes' creators were checked when they were ordered. */
export interface CreatorSources {
  readonly membership: Membership;
  readonly admitted: Pick<AdmittedEnvelopes, 'has'>;
}

/** A well-formed, signed transaction; `endorsed` is undefined for a change of the channel's configuration. */
export interface StructuredTransaction {
  readonly channelHeader: common.ChannelHeader;
  readonly endorsed: EndorsedTransaction | undefined;
}

/** Structure and creator of an ordered envelope; throws {@link InvalidTransaction}. */
export function checkStructure(envelopeBytes: Uint8Array, channel: string, { membership, admitted }: CreatorSources): StructuredTransaction {
  const envelope = orInvalid(Code.INVALID_OTHER_REASON, () => common.Envelope.deserializeBinary(envelopeBytes));
  const payload = orInvalid(Code.BAD_PAYLOAD, () => common.Payload.deserializeBinary(envelope.getPayload_asU8()));
  const { header, channelHeader, signatureHeader } = orInvalid(Code.BAD_COMMON_HEADER, () => readHeaders(payload));
  orInvalid(Code.BAD_CREATOR_SIGNATURE, () => {
    if (channelHeader.getChannelId() !== channel) throw new Error(`could not get msp for channel [${channelHeader.getChannelId()}]`);
    if (!admitted.has(envelopeBytes)) checkCreator(envelope, signatureHeader.getCreator_asU8(), membership);
  });
  switch (channelHeader.getType()) {
    case ENDORSER_TRANSACTION:
      return { channelHeader, endorsed: readEndorsed(payload, header, channelHeader, signatureHeader) };
    case CONFIG:
      return { channelHeader, endorsed: undefined };
    default:
      throw new InvalidTransaction(Code.UNSUPPORTED_TX_PAYLOAD, 'unsupported transaction payload type');
  }
}

interface Headers {
  readonly header: common.Header;
  readonly channelHeader: common.ChannelHeader;
  readonly signatureHeader: common.SignatureHeader;
}

function readHeaders(payload: common.Payload): Headers {
  const header = payload.getHeader() ?? new common.Header();
  const channelHeader = common.ChannelHeader.deserializeBinary(header.getChannelHeader_asU8());
  const signatureHeader = common.SignatureHeader.deserializeBinary(header.getSignatureHeader_asU8());
  const type = channelHeader.getType();
  if (type !== ENDORSER_TRANSACTION && type !== CONFIG && type !== CONFIG_UPDATE) throw new Error(`invalid header type ${type}`);
  if (channelHeader.getEpoch() !== 0) throw new Error('invalid Epoch in ChannelHeader');
  checkSignatureHeader(signatureHeader);
  return { header, channelHeader, signatureHeader };
}

/** Who submitted must be valid now and have signed; expiry does not count, as it would depend on each peer's clock. */
function checkCreator(envelope: common.Envelope, creator: Uint8Array, membership: Membership): void {
  const identity = membership.identity(creator);
  identity.validate();
  membership.verify(identity, {
    data: envelope.getPayload_asU8(),
    identity: creator,
    signature: envelope.getSignature_asU8(),
  });
}

function readEndorsed(
  payload: common.Payload,
  header: common.Header,
  channelHeader: common.ChannelHeader,
  signatureHeader: common.SignatureHeader,
): EndorsedTransaction {
  const expected = transactionId(signatureHeader.getNonce_asU8(), signatureHeader.getCreator_asU8());
  if (channelHeader.getTxId() !== expected) {
    throw new InvalidTransaction(Code.BAD_PROPOSAL_TXID, `transaction is not valid: invalid txid. got [${channelHeader.getTxId()}], expected [${expected}]`);
  }
  return orInvalid(Code.INVALID_ENDORSER_TRANSACTION, () => {
    const endorsed = readEndorsedTransaction(payload.getData_asU8(), header);
    if (Buffer.compare(endorsed.proposalHash, endorsed.expectedProposalHash) !== 0) throw new Error('proposal hash does not match');
    return endorsed;
  });
}
