import { join } from 'node:path';
import { fabricDirectory, type StartLedger } from '@medaccord/network/cli';
import { bytesIn } from '../fabric/disk-figures.js';
import { linkClinicians, measureRosterCheck } from './check-roster.js';
import { measureImport } from './import-licences.js';
import type { CredentialsFigures } from './report.js';
import { issueLongLicences, measureStandings, type LatencyPlan } from './standing-latency.js';
import { BenchWorld } from './world.js';

/** How much of everything. */
export interface CredentialsPlan extends LatencyPlan {
  readonly imported: number;
  readonly roster: number;
}

/** Imports licences, checks a roster and asks for standings, on a fresh network; what runs on real Fabric is not started again. */
export async function measureCredentials(startLedger: StartLedger, plan: CredentialsPlan, say: (text: string) => void): Promise<CredentialsFigures> {
  const world = await BenchWorld.start(startLedger);
  const embedded = world.stack.endpoints.network === 'embedded';
  try {
    say(`importing ${plan.imported} licences…`);
    const imported = await measureImport(world, plan.imported, say);
    say(`entering ${plan.roster} clinicians…`);
    const linkedInSeconds = await linkClinicians(world, plan.roster);
    say('checking the roster…');
    const roster = await measureRosterCheck(world, plan.roster);
    say('asking for standings…');
    await issueLongLicences(world, plan.licences);
    const standings = await measureStandings(world, plan, embedded);
    return { imported, linkedInSeconds, roster, standings, ledgerBytes: await bytesIn(ledgerFolder(world)) };
  } finally {
    await world.stop();
  }
}

/** The embedded network keeps all organisations' copies in one folder; of real Fabric one peer is looked at. */
function ledgerFolder({ directory, stack }: BenchWorld): string {
  const { network } = stack.endpoints;
  return network === 'embedded' ? join(directory, 'ledger') : join(fabricDirectory(directory), 'nodes', 'peer0.licensing-board.medaccord.example', 'data', 'ledgersData');
}
