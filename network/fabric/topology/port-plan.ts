/**
 * Which ports one organisation's nodes use, counted from its first one, so that a firewall rule or a reader can tell a
 * node's port without asking it:
 *
 *   +0 orderer   +1 its administration   +2 its operations
 *   +20 peer0    +21 its operations      +22… its chaincode servers, two each (see `ChaincodeSlot`)
 *   +40 peer1    …
 */

/** Ports that one organisation reserves: its orderer and up to four peers. */
export const PORTS_PER_ORGANISATION = 100;

/** Peers for which an organisation's ports suffice. */
export const MAX_PEERS = 4;

/** Chaincodes for which a peer's ports suffice. */
export const MAX_CHAINCODES = 9;

const PORTS_PER_PEER = 20;
const FIRST_CHAINCODE = 2;

export interface OrdererPorts {
  readonly port: number;
  readonly adminPort: number;
  readonly operationsPort: number;
}

export interface PeerPorts {
  readonly port: number;
  readonly operationsPort: number;
}

/** A chaincode's servers at one peer: while `green` is rolled out, `blue` still serves, and the other way round. */
export interface ChaincodePorts {
  readonly blue: number;
  readonly green: number;
}

export function ordererPorts(firstPort: number): OrdererPorts {
  return { port: firstPort, adminPort: firstPort + 1, operationsPort: firstPort + 2 };
}

export function peerPorts(firstPort: number, peer: number): PeerPorts {
  const port = firstPort + (peer + 1) * PORTS_PER_PEER;
  return { port, operationsPort: port + 1 };
}

export function chaincodePorts(peerPort: number, chaincode: number): ChaincodePorts {
  const blue = peerPort + FIRST_CHAINCODE + 2 * chaincode;
  return { blue, green: blue + 1 };
}

/** The first port of the organisation that a peer belongs to. */
export function firstPortOf({ port, index }: { readonly port: number; readonly index: number }): number {
  return port - (index + 1) * PORTS_PER_PEER;
}
