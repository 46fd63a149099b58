import type { TestAnswer, TestGateway } from './test-gateway.js';

/** The answer to a request that has to be done. Throws where it was not, also where an item of it was refused. */
export async function done(request: Promise<TestAnswer>): Promise<TestAnswer> {
  const answer = await request;
  if (answer.status >= 300 || answer.text.includes('"REFUSED"')) throw new Error(`${answer.status} ${answer.text}`);

  return answer;
}

/** Founds the registry from the consortium office, with these members beside it. */
export async function foundRegistry(office: TestGateway, ...members: readonly object[]): Promise<void> {
  await done(office.write('/v1/registry', 'member-admin', { name: 'Office', clockIntervalMilliseconds: 0, clockToleranceMilliseconds: 60_000 }));
  for (const member of members) await done(office.write('/v1/members', 'member-admin', member));
}
