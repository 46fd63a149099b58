import type { StackEndpoints } from '@medaccord/network/cli';
import { GatewayClient } from './gateway-client.js';

/** Who acts in the demo: one person per role of each organisation. */
export interface People {
  readonly memberAdmin: GatewayClient;
  readonly registrar: GatewayClient;
  readonly disciplinaryOfficer: GatewayClient;
  readonly boardMember: GatewayClient;
  readonly planAdmin: GatewayClient;
  readonly referenceData: GatewayClient;
  readonly exclusionSteward: GatewayClient;
  readonly examiner: GatewayClient;
  readonly supervisor: GatewayClient;
  readonly finance: GatewayClient;
  readonly biller: GatewayClient;
  readonly denials: GatewayClient;
}

/** The seeded users of the consortium file, at their gateways. */
export function peopleOf(endpoints: StackEndpoints): People {
  const person = (organisation: string, user: string): GatewayClient => new GatewayClient(endpoints, organisation, user);
  return {
    memberAdmin: person('consortium', 'member-admin'),
    registrar: person('licensing-board', 'registrar'),
    disciplinaryOfficer: person('licensing-board', 'disciplinary-officer'),
    boardMember: person('licensing-board', 'board-member'),
    planAdmin: person('insurer', 'plan-admin'),
    referenceData: person('insurer', 'reference-data'),
    exclusionSteward: person('insurer', 'exclusion-steward'),
    examiner: person('insurer', 'examiner'),
    supervisor: person('insurer', 'supervisor'),
    finance: person('insurer', 'finance'),
    biller: person('hospital', 'biller'),
    denials: person('hospital', 'denials'),
  };
}
