import type { StackEndpoints } from '@medaccord/network/cli';
import { demoClaims, demoLateClaims } from '../fixtures/demo-claims.js';
import { demoDates } from '../fixtures/demo-dates.js';
import { demoFile } from '../fixtures/demo-file.js';
import { demoStays } from '../fixtures/demo-stays.js';
import { decide, importFile } from './decide-file.js';
import { takeUpAgain } from './after-payment.js';
import type { DemoFacts } from './facts.js';
import { foundConsortium, registerClinicians } from './found-consortium.js';
import { insure } from './insure.js';
import { peopleOf } from './people.js';
import { remit } from './remit.js';
import { listForReview, recompute, suspend } from './time-story.js';

/** Told what happens next, for people who watch. */
export type Tell = (step: string) => void;

/**
 * The main job on a fresh stack, through the gateways alone: licences and coverage are recorded, a claim file is sent and
 * decided, a clinician is suspended retroactively, two more claims come in, all is paid, some of it taken up again, and everything
 * computed again.
 */
export async function runMainJob(endpoints: StackEndpoints, tell: Tell = () => undefined): Promise<DemoFacts> {
  const begun = performance.now();
  const people = peopleOf(endpoints);
  const dates = demoDates(new Date().toISOString().slice(0, 10));

  tell('The office founds the consortium and admits insurer, hospital and licensing board.');
  await foundConsortium(people);
  tell('The board enters clinicians and issues their licences.');
  await registerClinicians(people, dates);
  tell('The insurer records its plan, the contract with the hospital, coverages and what families have used.');
  await insure(people.planAdmin, dates);

  tell('The hospital sends an 837P file; the insurer decides its claims, both parties computing each decision.');
  const first = await decide(people, await importFile(people, { content: demoFile(demoClaims(dates), { day: dates.today, controlNumber: 1 }), lenient: false }));
  tell('An 837I file with stays follows; the contract pays a stay by its diagnosis-related group.');
  const stays = await decide(people, await importFile(people, { content: demoFile(demoStays(dates), { day: dates.today, controlNumber: 3 }), lenient: false }));
  tell(`The board suspends a clinician with effect from ${dates.suspensionEffective}; the order is recorded today.`);
  const suspension = await suspend(people, dates);
  tell('Two more claims of that clinician come in.');
  const late = await decide(people, await importFile(people, { content: demoFile(demoLateClaims(dates), { day: dates.today, controlNumber: 2 }), lenient: false }));

  const claims = [...first, ...stays, ...late];
  tell('What was decided before the order was known stands, and is listed for review.');
  const review = await listForReview(people, dates, claims);
  tell('The insurer pays; the hospital reads the remittance.');
  const remittance = await remit(people, claims, dates.today);
  tell('Paid claims are replaced, voided, disputed and taken back.');
  const afterPayment = await takeUpAgain(people, claims, dates.today);
  tell('The hospital computes every decision again from its own copies.');
  const recomputed = await recompute(people);

  return {
    network: endpoints.network,
    organisations: Object.keys(endpoints.gateways),
    claims,
    suspension,
    review,
    recomputed,
    remittance,
    afterPayment,
    seconds: (performance.now() - begun) / 1000,
  };
}
