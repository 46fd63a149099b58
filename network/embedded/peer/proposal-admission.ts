import type { MspIdentity } from '../../identities/index.js';
import type { Membership } from '../membership.js';
import { proposalSignature } from '../transactions/proposal.js';
import type { UnpackedProposal } from '../transactions/proposal.js';
import type { AccessControl } from './access-control.js';
import { certificateExpiry, checkCreator, checkHeader, checkTimestamp } from './proposal-checks.js';

/**
 * Whether a proposal may be run at all: its filters, header, signature and the channel's access rules. Every peer of the
 * channel judges these alike, so one proposal is judged once per version of the configuration, not once per peer.
 */
export class ProposalAdmission {
  readonly #creators = new WeakMap<UnpackedProposal, MspIdentity>();
  readonly #checked = new WeakMap<UnpackedProposal, unknown>();
  readonly #admitted = new WeakMap<UnpackedProposal, unknown>();

  constructor(
    private readonly membership: Membership,
    private readonly access: AccessControl,
  ) {}

  /** What a peer's filters refuse before it looks: expired certificates and clocks that are off. */
  checkFilters(proposal: UnpackedProposal, now: number): void {
    if (this.#isExpired(proposal, now)) throw new Error('proposal client identity expired');
    checkTimestamp(proposal, now);
  }

  /** Header, transaction id, creator and signature; throws with Fabric's words. */
  checkProposal(proposal: UnpackedProposal): void {
    const { configuration } = this.membership;
    // Short cut: another peer of this process has judged it.
    if (this.#checked.get(proposal) === configuration) return;
    checkHeader(proposal);
    checkCreator(proposal, this.membership);
    this.#checked.set(proposal, configuration);
  }

  /** That the creator is one of the channel's Writers. */
  checkAccess(proposal: UnpackedProposal): void {
    const { configuration } = this.membership;
    // Short cut: another peer of this process has judged it.
    if (this.#admitted.get(proposal) === configuration) return;
    this.access.check('peer/Propose', proposal.channelId, proposalSignature(proposal));
    this.#admitted.set(proposal, configuration);
  }

  /** Who made the proposal; throws where it is nobody of the channel. */
  creator(proposal: UnpackedProposal): MspIdentity {
    let creator = this.#creators.get(proposal);
    if (!creator) {
      creator = this.membership.identity(proposal.creator);
      this.#creators.set(proposal, creator);
    }
    return creator;
  }

  #isExpired(proposal: UnpackedProposal, now: number): boolean {
    let expiresAt: Date | undefined;
    try {
      expiresAt = this.creator(proposal).expiresAt;
    } catch {
      // The filter asks nobody who stands by the certificate: a stranger's may be expired too.
      expiresAt = certificateExpiry(proposal.creator);
    }
    return expiresAt !== undefined && expiresAt.getTime() < now;
  }
}
