import type { Peer } from '../peer/peer.js';

/** The peers of the channel as one organisation's gateway sees them. */
export class PeerDirectory {
  constructor(
    readonly own: Peer,
    private readonly all: readonly Peer[],
  ) {}

  get mspIds(): readonly string[] {
    return this.all.map(({ mspId }) => mspId);
  }

  /** Peers that can run the chaincode: the own one first, then by falling height. */
  withChaincode(chaincodeName: string): readonly Peer[] {
    return this.all
      .filter((peer) => peer.has(chaincodeName))
      .sort((a, b) => Number(b === this.own) - Number(a === this.own) || b.height - a.height);
  }

  /** The organisation's peer, where it can run the chaincode. */
  find(mspId: string, chaincodeName: string): Peer | undefined {
    return this.all.find((peer) => peer.mspId === mspId && peer.has(chaincodeName));
  }
}
