import { join } from 'node:path';
import { BEHAVIOURS } from './behaviours.js';
import { writeReport } from './outcome-report.js';
import { type BehaviourOutcome, runBehaviour } from './run-behaviours.js';
import { type OpenWorld, openWorld } from './world/open-world.js';

const outcomes: BehaviourOutcome[] = [];
let open: OpenWorld;

beforeAll(async () => { open = await openWorld(); }, 180_000);

afterAll(async () => {
  await open.close();
  await writeReport(join('.medaccord', 'conformance', `${open.world.network.kind}.json`), { network: open.world.network.kind, outcomes });
});

describe('Fabric’s behaviour', () => {
  test.each(BEHAVIOURS)('$id: $states', async (behaviour) => {
    const outcome = await runBehaviour(behaviour, open.world);
    outcomes.push(outcome);
    if (outcome.outcome === 'skipped') {
      process.stderr.write(`skipped ${outcome.id}: ${outcome.reason ?? ''}\n`);
    }
    expect(outcome.outcome === 'failed' ? outcome.reason : undefined).toBeUndefined();
  }, 150_000);

  test('every behaviour has an id of its own', () => {
    expect(new Set(BEHAVIOURS.map(({ id }) => id)).size).toBe(BEHAVIOURS.length);
  });
});
