import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stateDirectory, type StackEndpoints } from '@medaccord/network/cli';
import { demoClaims } from '../fixtures/demo-claims.js';
import { demoDates, type DemoDates } from '../fixtures/demo-dates.js';
import { demoFile } from '../fixtures/demo-file.js';
import { foundConsortium, registerClinicians } from './found-consortium.js';
import { GatewayProblem } from './gateway-client.js';
import { insure } from './insure.js';
import { peopleOf, type People } from './people.js';
import { requestsToTry } from './requests-to-try.js';

// Makes a stack that `make up` left running ready to be tried: node prepare.js
// A consortium that is founded already is left as it is.

const claimFile = join(stateDirectory, 'claims.x12');

/** True where the registry has members, so that whoever works with this stack is not disturbed. */
async function isFounded({ memberAdmin }: People): Promise<boolean> {
  try {
    await memberAdmin.get('/v1/members');
    return true;
  } catch (error) {
    if (error instanceof GatewayProblem && error.problem.code === 'NOT_A_MEMBER') return false;
    throw error;
  }
}

async function found(people: People, dates: DemoDates): Promise<void> {
  await foundConsortium(people);
  await registerClinicians(people, dates);
  await insure(people.planAdmin, dates);
}

async function prepare(): Promise<void> {
  const endpoints = JSON.parse(await readFile(join(stateDirectory, 'endpoints.json'), 'utf8')) as StackEndpoints;
  const people = peopleOf(endpoints);
  const dates = demoDates(new Date().toISOString().slice(0, 10));
  if (!(await isFounded(people))) {
    process.stdout.write('entering members, clinicians, licences, plan, contract and coverages of the demo…\n');
    await found(people, dates);
  }
  await writeFile(claimFile, demoFile(demoClaims(dates), { day: dates.today, controlNumber: 1 }));
  process.stdout.write(requestsToTry(endpoints, claimFile));
}

try {
  await prepare();
} catch (error) {
  process.stderr.write(`medaccord: the demo's data could not be entered: ${error instanceof Error ? error.message : String(error)}\n\`make status\` shows what runs.\n`);
  process.exitCode = 1;
}
