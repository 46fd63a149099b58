import { Readable } from 'node:stream';
import { readClaims } from '@medaccord/gateway-api/x12';
import type { ClaimContent } from '@medaccord/domain';
import type { StackEndpoints } from '@medaccord/network/cli';
import { decide, importFile } from './decide-file.js';
import { enrol, membersFor } from './enrol.js';
import type { DemoFacts } from './facts.js';
import { foundConsortium } from './found-consortium.js';
import type { Tell } from './main-job.js';
import { peopleOf } from './people.js';
import { isForHospital, remit } from './remit.js';
import { recompute } from './time-story.js';

/** A file of the user's, and whether its people are to be enrolled first. */
export interface UserFile {
  readonly name: string;
  readonly content: Uint8Array<ArrayBuffer>;
  readonly enroll: boolean;
}

/**
 * Takes any 837P file: every CLM segment comes back as decided, rejected or unreadable. With `enroll` the file's own
 * subscribers and rendering providers are entered first, in a plan that pays 80 % of charges.
 */
export async function runAnyFile(endpoints: StackEndpoints, file: UserFile, tell: Tell): Promise<DemoFacts> {
  const begun = performance.now();
  const people = peopleOf(endpoints);
  tell('The office founds the consortium and admits insurer, hospital and licensing board.');
  const known = await claimsOf(file.content);
  await foundConsortium(people, membersFor(known));
  if (file.enroll) {
    tell('The people of the file are enrolled in a demo plan that pays 80 % of charges; its clinicians get demo licences.');
    await enrol(people, known);
  }
  tell(`The hospital sends ${file.name}; the insurer decides its claims.`);
  const claims = await decide(people, await importFile(people, { content: file.content, lenient: true }));
  const recomputed = await recompute(people);
  return {
    network: endpoints.network,
    organisations: Object.keys(endpoints.gateways),
    claims,
    review: [],
    recomputed,
    ...(claims.some(isForHospital) ? { remittance: await remit(people, claims, new Date().toISOString().slice(0, 10)) } : {}),
    seconds: (performance.now() - begun) / 1000,
  };
}

async function claimsOf(content: Uint8Array): Promise<ClaimContent[]> {
  const claims: ClaimContent[] = [];
  for await (const item of readClaims(Readable.from([content]), 'lenient')) {
    if (item.kind === 'claim') claims.push(item.content);
  }
  return claims;
}
