/** Ports of a stack; 0 takes a free one. */
export interface StackPorts {
  readonly identityProvider: number;
  /** Port of the gateway of the organisation at this place of the consortium file. */
  gateway(index: number): number;
  /** Port of the embedded peer of the organisation at this place of the consortium file. */
  peer(index: number): number;
}

/** What people open: gateways 4001, 4002… in the order of the consortium file, identity provider 4010, peers 7051, 7061… */
export const wellKnownPorts: StackPorts = {
  identityProvider: 4010,
  gateway: (index) => (index < 9 ? 4001 + index : 4011 + index),
  peer: (index) => 7051 + 10 * index,
};

/** For stacks that run beside another one. */
export const freePorts: StackPorts = { identityProvider: 0, gateway: () => 0, peer: () => 0 };
