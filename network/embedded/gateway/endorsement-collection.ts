import type { peer } from '@hyperledger/fabric-protos';
import type { Peer } from '../peer/peer.js';
import type { UnpackedProposal } from '../transactions/proposal.js';
import { ask } from './endorsement-answer.js';
import type { Answer } from './endorsement-answer.js';
import type { EndpointFailure } from './gateway-status.js';

/** Endorsements of one proposal that agree with each other, and what kept others from being among them. */
export class EndorsementCollection {
  readonly failures: EndpointFailure[] = [];
  /** Organisations that cannot endorse this proposal any more. */
  readonly failed = new Set<string>();
  readonly #endorsements = new Map<string, peer.Endorsement>();
  #payload: Uint8Array | undefined;

  constructor(
    private readonly proposal: UnpackedProposal,
    private readonly gatewayMspId: string,
  ) {}

  /** The result that all of them signed; undefined before the first. */
  get payload(): Uint8Array | undefined {
    return this.#payload;
  }

  has(mspId: string): boolean {
    return this.#endorsements.has(mspId);
  }

  /** The endorsements of these organisations, in this order. */
  of(mspIds: readonly string[]): peer.Endorsement[] {
    return mspIds.flatMap((mspId) => this.#endorsements.get(mspId) ?? []);
  }

  /** Asks these peers at once and keeps what they sign. */
  async collect(peers: readonly Peer[]): Promise<void> {
    await Promise.all(
      peers.map(async (asked) => {
        this.add(asked, await ask(asked, this.proposal, this.gatewayMspId));
      }),
    );
  }

  /** Keeps an answer, unless it failed or its result differs from the first one. */
  add(asked: Peer, answer: Answer): void {
    if (!answer.ok) {
      this.#fail(asked, answer.failure);
      return;
    }
    const payload = answer.response.getPayload_asU8();
    this.#payload ??= payload;
    const endorsement = answer.response.getEndorsement();
    if (Buffer.compare(payload, this.#payload) !== 0) {
      this.#fail(asked, { address: asked.address, mspId: asked.mspId, message: 'ProposalResponsePayloads do not match' });
    } else if (endorsement) {
      this.#endorsements.set(asked.mspId, endorsement);
    }
  }

  #fail(asked: Peer, failure: EndpointFailure): void {
    this.failures.push(failure);
    this.failed.add(asked.mspId);
  }
}
