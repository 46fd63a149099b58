import type { OpenClaim } from '../claims/claim.js';
import { claimOf, idOf, line } from '../claims/testing/builders.js';
import { ClaimsDesk } from '../claims/testing/claims-desk.js';
import { preconditionsOf } from '../claims/verbs.js';
import { claimHistory } from '../life-cycle/claim-history.js';
import type { ProviderStanding } from '../licences/standing-query.js';
import { refusalOf } from '../shared/testing/refusal.js';
import { sha256 } from '../shared/testing/sha256.js';
import { assembleAdjudication } from './assemble.js';
import type { AdjudicationItem } from '../claims/command.js';
import { recompute } from './recompute.js';
import { awaitsRegistry, isAnswered } from './system-decision.js';
import { documentBytes } from '../documents/bytes.js';
import type { standingQueriesOf } from './standings.js';

const UNKNOWN = 'credential/v1 credential-unknown';

/** A claim that is held because the registry cannot answer; from now on the system acts. */
function heldDesk(): { readonly desk: ClaimsDesk; readonly held: OpenClaim } {
  const desk = new ClaimsDesk();
  desk.authority = 'UNKNOWN';
  desk.submit('held', claimOf());
  expect(desk.adjudicate(['held'])).toMatchObject([{ outcome: 'PENDED', reasons: [UNKNOWN] }]);
  const held = desk.waitingAs.get(idOf('held'));
  if (held === undefined) throw new Error('the claim does not wait');
  [desk.role, desk.person] = ['service', 'gateway'];
  return { desk, held };
}

describe('what the insurer’s system decides by itself', () => {
  test('is recorded as its own act, with the holds that ended, and computes again to the same bytes', () => {
    const { desk, held } = heldDesk();
    desk.authority = 'FULL';
    expect(desk.adjudicate(['held'], { held })).toMatchObject([{ outcome: 'ADJUDICATED' }]);

    const adjudication = desk.document('adjudication', idOf('held'), 1);
    const eob = desk.document('eob', idOf('held'), 1);
    expect(adjudication).toMatchObject({ recorded: { by: { actorId: 'gateway', role: 'service' } }, body: { bySystem: { reason: 'REGISTRY_ANSWERS', heldFor: [UNKNOWN], heldSince: held.since } } });
    expect(recompute(desk.claim('held'), adjudication, eob, sha256).adjudication).toEqual(documentBytes(adjudication));
    expect(claimHistory([adjudication])).toMatchObject([{ says: 'REGISTRY_ANSWERS', by: { role: 'service' } }]);
    expect(desk.waiting.has(held.claimId)).toBe(false);
  });

  test('is denied where the registry says so, and waits on where it still cannot say', () => {
    const { desk, held } = heldDesk();
    expect(desk.adjudicate(['held'], { held })).toMatchObject([{ outcome: 'PENDED', reasons: [UNKNOWN] }]);
    desk.authority = 'NONE';
    const again = desk.waitingAs.get(idOf('held'));
    expect(desk.adjudicate(['held'], again === undefined ? {} : { held: again })).toMatchObject([{ outcome: 'ADJUDICATED', decision: 'DENIED' }]);
  });

  test('is a claim that is proved to wait so, and that no person took up', () => {
    const { desk, held } = heldDesk();
    const { openAs, absent } = preconditionsOf(assembleAdjudication(desk.reading(['held'], { held }), sha256), sha256);
    expect(openAs).toEqual([held]);
    expect(absent).toContainEqual({ key: `pend~${held.claimId}~1`, code: 'PEND_NOT_OPEN', input: 'pend' });
  });

  const { held } = heldDesk();
  test.each<[string, Partial<AdjudicationItem>, string]>([
    ['nobody proves to be held', {}, 'FORBIDDEN_ROLE'],
    ['was not decided yet', { held: { ...held, state: 'SUBMITTED', reasons: [] } }, 'FORBIDDEN_ROLE'],
    ['is held for another reason too', { held: { ...held, reasons: [UNKNOWN, 'duplicate/v2 suspect-duplicate'] } }, 'FORBIDDEN_ROLE'],
    ['has a limited licence to be looked at', { held: { ...held, reasons: ['credential/v1 credential-limited'] } }, 'FORBIDDEN_ROLE'],
    ['would pass by a release', { held, releases: [{ rule: 'credential/v1', reason: 'x' }] }, 'FORBIDDEN_ROLE'],
    ['is another', { held: { ...held, claimId: idOf('other') } }, 'INPUT_MISMATCH'],
  ])('is no claim that %s', (_, item, code) => {
    const { desk } = heldDesk();
    expect(refusalOf(() => desk.adjudicate(['held'], item))).toBe(code);
  });

  test('is not a person’s', () => {
    const { desk, held: mine } = heldDesk();
    [desk.role, desk.person] = ['claims-examiner', 'erin'];
    expect(refusalOf(() => desk.adjudicate(['held'], { held: mine }))).toBe('INPUT_MISMATCH');
  });
});

describe('the registry’s answer', () => {
  const two = claimOf([line(), line({ serviceFrom: '2026-02-04', serviceThru: '2026-02-04' })]);
  const answers = (...authorities: readonly ('FULL' | 'NONE' | 'UNKNOWN')[]): readonly ProviderStanding[] => questions().map((query, index) => (
    { ...query, registered: true, periods: [{ from: query.from, thru: query.thru, authority: authorities[index] ?? 'FULL' }], licences: [] }
  ));
  function questions(): ReturnType<typeof standingQueriesOf> {
    const desk = new ClaimsDesk();
    desk.submit('two', two);
    return preconditionsOf(assembleAdjudication(desk.reading(['two']), sha256), sha256).standings;
  }

  test('is one when nothing is unknown on any line', () => {
    expect([isAnswered(two, answers('FULL', 'NONE')), isAnswered(two, answers('FULL', 'UNKNOWN')), isAnswered(two, answers().slice(0, 1)), isAnswered(two, [])]).toEqual([true, false, false, false]);
  });

  test('is never one to a question that cannot be asked', () => {
    expect(isAnswered(claimOf([line()], { billing: { entity: 'organisation', npi: '1003357849', taxId: '123456789' } }), answers())).toBe(false);
  });

  test('is awaited by claims that are held for it alone', () => {
    const waits = (state: OpenClaim['state'], ...reasons: readonly string[]): boolean => awaitsRegistry({ state, reasons });
    expect([waits('PENDED', UNKNOWN), waits('PENDED'), waits('SUBMITTED', UNKNOWN), waits('REOPENED', UNKNOWN), waits('PENDED', UNKNOWN, 'x/v1 y')]).toEqual([true, false, false, false, false]);
  });
});
