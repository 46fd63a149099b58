import type { LicenceKey, SourcePatience } from '@medaccord/domain';
import { demoLicences, demoLinks, demoProviders } from '../fixtures/demo-consortium-data.js';
import type { DemoDates } from '../fixtures/demo-dates.js';
import { demoClinicians, DEMO_MEMBERS } from '../fixtures/demo-registry.js';
import type { DemoClinician } from '../fixtures/demo-registry.js';
import { GatewayProblem } from './gateway-client.js';
import type { People } from './people.js';

/** Where a fact stands on the channel. */
export interface Proof {
  readonly transactionId: string;
  readonly blockNumber?: number;
}

interface BatchAnswer {
  readonly outcomes: readonly { readonly outcome: string; readonly code?: string }[];
}

const minute = 60_000;

/** The office founds the registry, admits the members and starts the clock. */
export async function foundConsortium({ memberAdmin }: People, members = DEMO_MEMBERS, sourcePatience?: SourcePatience): Promise<void> {
  const patience = sourcePatience === undefined ? {} : { sourcePatience };
  await memberAdmin.post('/v1/registry', { name: 'Sample Consortium Office', clockIntervalMilliseconds: 0, clockToleranceMilliseconds: 5 * minute, ...patience });
  for (const [mspId, member] of Object.entries(members)) await memberAdmin.post('/v1/members', { mspId, ...member });
  await startClock(memberAdmin);
}

/** The first tick; a gateway whose own ticker was a moment quicker has given it. */
async function startClock(memberAdmin: People['memberAdmin']): Promise<void> {
  try {
    await memberAdmin.post('/v1/clock/ticks', { time: new Date().toISOString() });
  } catch (error) {
    if (!(error instanceof GatewayProblem) || error.problem.code !== 'CLOCK_NOT_MONOTONE') throw error;
  }
}

/** The board enters clinicians, those of the demo where nobody else is named, issues their licences and says whose licence is whose. */
export async function registerClinicians({ registrar }: People, dates: DemoDates, clinicians: readonly DemoClinician[] = Object.values(demoClinicians(dates))): Promise<void> {
  await allDone(registrar.post('/v1/providers', { items: demoProviders(clinicians) }));
  await allDone(registrar.post('/v1/licences', { items: demoLicences(clinicians) }));
  await allDone(registrar.post('/v1/provider-licence-links', { items: demoLinks(clinicians) }));
}

async function allDone(answer: Promise<BatchAnswer>): Promise<void> {
  const refused = (await answer).outcomes.filter(({ outcome }) => outcome === 'REFUSED');
  if (refused.length > 0) throw new Error(`The registry refused ${refused.length} items: ${JSON.stringify(refused[0])}`);
}

/** Path of a licence in the gateways' routes. */
export function licencePath({ jurisdiction, board, type, number }: LicenceKey): string {
  return `/v1/licences/${[jurisdiction, board, type, number].map(encodeURIComponent).join('/')}`;
}
