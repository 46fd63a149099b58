import { until } from '@medaccord/network/fabric';
import { addDays } from '@medaccord/domain';
import type { ClaimContent, ClaimLife, Standing } from '@medaccord/domain';
import { decide, decidedFile, importFile } from '../demo/decide-file.js';
import { foundConsortium, licencePath, registerClinicians } from '../demo/found-consortium.js';
import { insure } from '../demo/insure.js';
import { peopleOf, type People } from '../demo/people.js';
import { demoClaims } from '../fixtures/demo-claims.js';
import { demoDates } from '../fixtures/demo-dates.js';
import { demoFile } from '../fixtures/demo-file.js';
import { DEMO_MEMBERS, demoClinicians } from '../fixtures/demo-registry.js';
import { startStoryStack, storyTimeoutMs, type StoryStack } from './story-stack.js';

/** A whole day at least, as services are known by their days. */
const PATIENCE = { staleAfterHours: 6, silentAfterHours: 24 };
const UNKNOWN = ['credential/v1 credential-unknown'];

const dates = demoDates(new Date().toISOString().slice(0, 10));
const { blake } = demoClinicians(dates);
const board = DEMO_MEMBERS['LicensingBoardMSP']?.units[0]?.id ?? '';

let stack: StoryStack;
let people: People;

beforeAll(async () => {
  stack = await startStoryStack();
  people = peopleOf(stack.endpoints);
  await foundConsortium(people, DEMO_MEMBERS, PATIENCE);
  await registerClinicians(people, dates);
  await insure(people.planAdmin, dates);
}, storyTimeoutMs);

afterAll(async () => {
  await stack.stop();
}, storyTimeoutMs);

/** Waits until an insurer, a hospital and the office are told so of the licence for a day: their peers may be some blocks apart. */
async function told(asOf: string, answer: string): Promise<void> {
  for (const person of [people.examiner, people.denials, people.memberAdmin]) {
    const look = async (): Promise<true | undefined> => {
      const { authority, source } = await person.get<Standing>(`${licencePath(blake.licence)}/standing?asOf=${asOf}`);
      return `${authority} ${source?.state ?? ''}` === answer ? true : undefined;
    };
    await until(look, { withinMs: 60_000, what: `${person.organisation} to be told ${answer} of ${asOf}` });
  }
}

const tick = async (): Promise<unknown> => people.memberAdmin.post('/v1/clock/ticks', { time: new Date().toISOString() });
const report = async (through: string): Promise<unknown> => people.registrar.post('/v1/board-reports', { board, through });

function onDay(claim: ClaimContent, day: string): ClaimContent {
  return { ...claim, lines: claim.lines.map((line) => ({ ...line, serviceFrom: day, serviceThru: day })) };
}

/** The board's gateway finds its peer again by itself; until then it says that the ledger is away. */
async function onceBack<T>(attempt: () => Promise<T>): Promise<T> {
  return until(attempt, { withinMs: 120_000, what: 'the board’s peer' });
}

// Golden scenario (i)
test('while the board’s peers are away others answer for it, then nobody can; its next word lets the held claim go', async () => {
  // Its last word reaches back just as far as is believed by the time of the first tick, and not by that of the next.
  const { time } = await people.memberAdmin.get<{ time: string }>('/v1/clock');
  await report(`${addDays(time.slice(0, 10), -1)}${time.slice(10)}`);
  await told(dates.today, 'FULL STALE');
  await stack.control.stopPeers('LicensingBoardMSP');
  await expect(people.registrar.get(licencePath(blake.licence))).rejects.toMatchObject({ problem: { status: 503 } });
  await told(dates.today, 'FULL STALE');

  await tick(); // a majority endorses without the board
  await told(dates.today, 'UNKNOWN SILENT');
  await told(dates.beforeSuspension, 'FULL SILENT');

  const claims = demoClaims(dates).filter(({ patientControlNumber }) => ['S01', 'S02'].includes(patientControlNumber)).map((claim) => (claim.patientControlNumber === 'S01' ? claim : onDay(claim, dates.today)));
  const decided = await decide(people, await importFile(people, { content: demoFile(claims, { day: dates.today, controlNumber: 1 }), lenient: false }));
  expect(decided).toMatchObject([{ outcome: 'ADJUDICATED', decision: 'PAID' }, { outcome: 'PENDED', reasons: UNKNOWN }]); // the first visit lies before the last word
  const claimId = decided[1]?.claimId ?? '';

  await stack.control.startPeers('LicensingBoardMSP');
  await onceBack(async () => report(new Date().toISOString()));
  const { adjudication, eob } = await decidedFile(people, claimId);
  expect(eob).toMatchObject({ version: 1, body: { decision: 'PAID' } });
  expect(adjudication).toMatchObject({ recorded: { by: { mspId: 'InsurerMSP', role: 'service' } }, body: { bySystem: { reason: 'REGISTRY_ANSWERS', heldFor: UNKNOWN } } });
  const { history } = await people.denials.get<ClaimLife>(`/v1/claims/${claimId}/history`);
  expect(history.filter(({ says }) => says === 'REGISTRY_ANSWERS')).toHaveLength(1);
  await told(dates.today, 'FULL CURRENT');
}, storyTimeoutMs);
