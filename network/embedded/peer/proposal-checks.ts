import { common } from '@hyperledger/fabric-protos';
import type { Ledger } from '../ledger/api.js';
import type { Membership } from '../membership.js';
import { proposalSignature } from '../transactions/proposal.js';
import type { UnpackedProposal } from '../transactions/proposal.js';
import { transactionId } from '../transactions/transaction-id.js';

/** How far a proposal's timestamp may be from the peer's clock (`peer.authentication.timewindow`). */
const TIME_WINDOW_MS = 15 * 60 * 1000;

/** What the peer's filters refuse before they look at the proposal: expired certificates and wrong clocks. */
export function checkFilters(proposal: UnpackedProposal, membership: Membership, now: number): void {
  if (isExpired(proposal.creator, membership, now)) throw new Error('proposal client identity expired');
  const timestamp = proposal.timestamp ?? 0;
  if (Math.abs(timestamp - now) > TIME_WINDOW_MS) {
    throw new Error(
      `request unauthorized due to incorrect timestamp ${rfc3339(timestamp)}, peer time ${rfc3339(now)}, peer.authentication.timewindow 15m0s`,
    );
  }
}

/** Header, id, creator and signature; throws with Fabric's words, which tell a stranger little. */
export function checkProposal(proposal: UnpackedProposal, membership: Membership): void {
  checkHeader(proposal);
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

function checkHeader(proposal: UnpackedProposal): void {
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

function isExpired(creator: Uint8Array, membership: Membership, now: number): boolean {
  try {
    return membership.identity(creator).expiresAt.getTime() < now;
  } catch {
    // A certificate of nobody's is the next check's business.
    return false;
  }
}

function headerTypeName(type: number): string {
  return Object.entries(common.HeaderType).find(([, value]) => Number(value) === type)?.[0] ?? String(type);
}

function rfc3339(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace(/\.\d+Z$/, 'Z');
}
