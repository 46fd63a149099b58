import type { Behaviour } from './behaviour.js';
import { batchBehaviours } from './behaviours/batch.js';
import { blockBehaviours } from './behaviours/block.js';
import { callBehaviours } from './behaviours/call.js';
import { deliverBehaviours } from './behaviours/deliver.js';
import { endorsementBehaviours } from './behaviours/endorsement.js';
import { endorserBehaviours } from './behaviours/endorser.js';
import { eventBehaviours } from './behaviours/event.js';
import { faultBehaviours } from './behaviours/fault.js';
import { gatewayBehaviours } from './behaviours/gateway.js';
import { identityBehaviours } from './behaviours/identity.js';
import { initBehaviours } from './behaviours/init.js';
import { keyPolicyBehaviours } from './behaviours/key-policy.js';
import { layoutBehaviours } from './behaviours/layout.js';
import { lifecycleBehaviours } from './behaviours/lifecycle.js';
import { mvccBehaviours } from './behaviours/mvcc.js';
import { privateBehaviours } from './behaviours/private.js';
import { queryBehaviours } from './behaviours/query.js';
import { requestBehaviours } from './behaviours/request.js';
import { systemBehaviours } from './behaviours/system.js';
import { topologyBehaviours } from './behaviours/topology.js';

/** Every behaviour of the suite, in the order in which it runs. */
export const BEHAVIOURS: readonly Behaviour[] = [
  ...layoutBehaviours,
  ...gatewayBehaviours,
  ...identityBehaviours,
  ...endorsementBehaviours,
  ...mvccBehaviours,
  ...keyPolicyBehaviours,
  ...queryBehaviours,
  ...privateBehaviours,
  ...callBehaviours,
  ...batchBehaviours,
  ...endorserBehaviours,
  ...requestBehaviours,
  ...initBehaviours,
  ...eventBehaviours,
  ...deliverBehaviours,
  ...lifecycleBehaviours,
  ...systemBehaviours,
  ...faultBehaviours,
  ...topologyBehaviours,
  ...blockBehaviours,
];
