import { pend } from '../rule.js';
import type { EditRule } from '../rule.js';

/** Reviews of the insurer, off the ledger, that want a person to look: the joint transaction sees class and due date alone. */
export const externalHold: EditRule = {
  id: 'external-hold/v1',
  source: 'claims guide, decisions (what an insurer alone does) and 2.3 step 18',
  examine: (_, { facts: { externalHolds = [] } }) => externalHolds.map((hold) => pend(hold.class)),
};
