import { join } from 'node:path';
import type { ClaimFile } from '@medaccord/domain';
import { decide, importFile } from '../demo/decide-file.js';
import { runMainJob } from '../demo/main-job.js';
import { peopleOf, type People } from '../demo/people.js';
import { recompute } from '../demo/time-story.js';
import { demoClaims } from '../fixtures/demo-claims.js';
import { demoDates } from '../fixtures/demo-dates.js';
import { demoFile } from '../fixtures/demo-file.js';
import { UPGRADED_RULE_SET, upgradedChaincode } from '../upgrade/upgraded-chaincode.js';
import { startStoryStack, storyTimeoutMs, type StoryStack } from './story-stack.js';

/** The members put a later release of the chaincode in force, in which three rules are other ones. */
describe('after an upgrade that changed three rules', () => {
  const dates = demoDates(new Date().toISOString().slice(0, 10));
  let stack: StoryStack;
  let people: People;
  let before: number;

  beforeAll(async () => {
    const old = await startStoryStack();
    const { recomputed } = await runMainJob(old.endpoints);
    before = recomputed.decisions;
    await old.down();
    stack = await startStoryStack({ directory: old.directory, chaincode: await upgradedChaincode(join(old.directory, 'upgraded')) });
    people = peopleOf(stack.endpoints);
  }, 2 * storyTimeoutMs);

  afterAll(async () => {
    await stack.stop();
  }, storyTimeoutMs);

  test('every decision of before is computed to the same bytes', async () => {
    expect(before).toBeGreaterThan(10);
    expect(await recompute(people)).toEqual({ decisions: before, sameBytes: before });
  });

  test('the same claims, sent again, are decided by the new rules: no duplicate, nothing late, charges in full', async () => {
    const again = await decide(people, await importFile(people, { content: demoFile(demoClaims(dates), { day: dates.today, controlNumber: 3 }), lenient: false }));
    const decided = again.filter(({ outcome }) => outcome === 'ADJUDICATED');
    const { adjudication } = await people.denials.get<ClaimFile>(`/v1/claims/${decided[0]?.claimId ?? ''}`);
    expect(adjudication?.body.ruleSet).toBe(UPGRADED_RULE_SET);
    expect(adjudication?.body.rules).toEqual(expect.arrayContaining(['timely-filing/v90', 'duplicate/v90', 'price/v90']));
    const reasons = decided.flatMap(({ lines }) => lines.flatMap(({ adjustments }) => Object.keys(adjustments)));
    expect(reasons).toEqual(expect.not.arrayContaining(['OA-18', 'CO-29', 'CO-45']));
    expect(await recompute(people)).toEqual({ decisions: before + decided.length, sameBytes: before + decided.length });
  }, storyTimeoutMs);
});
