import type { Behaviour } from './behaviour.js';
import { endorsementBehaviours } from './behaviours/endorsement.js';
import { gatewayBehaviours } from './behaviours/gateway.js';
import { identityBehaviours } from './behaviours/identity.js';

/** Every behaviour of the suite, in the order in which it runs. */
export const BEHAVIOURS: readonly Behaviour[] = [
  ...gatewayBehaviours,
  ...identityBehaviours,
  ...endorsementBehaviours,
];
