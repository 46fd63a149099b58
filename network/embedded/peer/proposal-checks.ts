import { common, msp } from '@hyperledger/fabric-protos';
import { X509Certificate } from 'node:crypto';
import type { Ledger } from '../ledger/api.js';
import type { Membership } from '../membership.js';
import { proposalSignature } from '../transactions/proposal.js';
import type { UnpackedProposal } from '../transactions/proposal.js';
import { transactionId } from '../transactions/transaction-id.js';

/** How far a proposal's timestamp may be from the peer's clock (`peer.authentication.timewindow`). */
const TIME_WINDOW_MS = 15 * 60 * 1000;

/** That the proposal was made about now. */
export function checkTimestamp({ timestamp = 0 }: UnpackedProposal, now: number): void {
  if (Math.abs(timestamp - now) <= TIME_WINDOW_MS) return;
  throw new Error(
    `request unauthorized due to incorrect timestamp ${rfc3339(timestamp)}, peer time ${rfc3339(now)}, peer.authentication.timewindow 15m0s`,
  );
}

/** When a creator's certificate ends, whoever issued it; undefined where it is no certificate. */
export function certificateExpiry(creator: Uint8Array): Date | undefined {
  try {
    return new X509Certificate(msp.SerializedIdentity.deserializeBinary(creator).getIdBytes_asU8()).validToDate;
  } catch {
    return undefined;
  }
}

/** Type, epoch and id of a proposal. */
export function checkHeader(proposal: UnpackedProposal): void {
  const { ENDORSER_TRANSACTION, CONFIG } = common.HeaderType;
  if (proposal.headerType !== ENDORSER_TRANSACTION && proposal.headerType !== CONFIG) {
    throw new Error(`invalid header type ${headerTypeName(proposal.headerType)}`);
  }
  if (proposal.epoch !== 0) throw new Error('epoch is non-zero');
  if (proposal.nonce.length === 0) throw new Error('nonce is empty');
  if (proposal.creator.length === 0) throw new Error('creator is empty');
  const expected = transactionId(proposal.nonce, proposal.creator);
  if (proposal.txId !== expected) {
    throw new Error(`incorrectly computed txid '${proposal.txId}' -- expected '${expected}'`);
  }
}

/** That the creator is a valid member who signed; the reason stays in the log, as it would help a stranger. */
export function checkCreator(proposal: UnpackedProposal, membership: Membership): void {
  if (proposal.signed.getSignature_asU8().length === 0) throw new Error('empty signature bytes');
  let creator;
  try {
    creator = membership.identity(proposal.creator);
  } catch (cause) {
    throw new Error(`access denied: channel [${proposal.channelId}] creator org unknown, creator is malformed`, { cause });
  }
  try {
    creator.validate();
    membership.verify(creator, proposalSignature(proposal));
  } catch (cause) {
    throw new Error(`access denied: channel [${proposal.channelId}] creator org [${creator.mspId}]`, { cause });
  }
}

/** Refuses a transaction that this organisation has committed already. */
export async function checkUnique(proposal: UnpackedProposal, ledger: Ledger, mspId: string): Promise<void> {
  if (await ledger.transaction(mspId, proposal.txId)) {
    const creator = Buffer.from(proposal.creator).toString('hex');
    throw new Error(`duplicate transaction found [${proposal.txId}]. Creator [${creator}]`);
  }
}

function headerTypeName(type: number): string {
  return Object.entries(common.HeaderType).find(([, value]) => Number(value) === type)?.[0] ?? String(type);
}

function rfc3339(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace(/\.\d+Z$/, 'Z');
}
