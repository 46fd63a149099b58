import type { AdjudicationDocument, ClaimFile, EobDocument, RecomputationPage, RecomputedDecision } from '@medaccord/domain';
import { canonicalJson, documentKey } from '@medaccord/domain';
import { ClaimsTown, HOSPITAL, INSURER, SERVICE_DAY } from './testing/claims-town.js';
import { rewriteAlone } from './testing/patched-claims.js';
import { claim, service } from './testing/terms.js';

/** The hospital computes everything again that it holds. */
describe('every decision computed again', () => {
  let town: ClaimsTown;
  const decided: { readonly adjudication: AdjudicationDocument; readonly eob: EobDocument }[] = [];
  const decision = (index: number): (typeof decided)[number] => {
    const one = [...decided].sort((a, b) => (a.eob.id < b.eob.id ? -1 : 1))[index];
    if (one === undefined) throw new Error('decided claims expected');
    return one;
  };
  const at = (index: number): AdjudicationDocument => decision(index).adjudication;
  const page = async (after: string, limit: number): Promise<RecomputationPage> => town.read<RecomputationPage>('denials', 'recomputeAll', after, String(limit));
  const outcomeOf = async (document: AdjudicationDocument): Promise<RecomputedDecision['outcome'] | undefined> =>
    (await page('', 100)).items.find(({ key }) => key === documentKey(document))?.outcome;
  /** As if 1 more had been paid. */
  const richer = ({ eob }: (typeof decided)[number]): { readonly key: string; readonly value: string } => {
    const { totals } = eob.body;
    return { key: documentKey(eob), value: canonicalJson({ ...eob, body: { ...eob.body, totals: { ...totals, paidMinor: totals.paidMinor + 1 } } }) };
  };

  beforeAll(async () => {
    town = await ClaimsTown.start();
    const terms = await town.insure();
    for (const member of ['A', 'B', 'C', 'D']) {
      const content = claim(`M-${member}`, service(SERVICE_DAY));
      const insured = await town.enrol(content, terms.planId);
      const [claimId = ''] = await town.submit(content);
      await town.apply('claims-examiner', await town.adjudication([claimId], { ...terms, ...insured }));
      const { adjudication, eob } = await town.read<ClaimFile>('denials', 'readClaim', claimId);
      if (adjudication !== null && eob !== null) decided.push({ adjudication, eob });
    }
  }, 120_000);

  afterAll(async () => {
    await town.stop();
  });

  test('page by page, in order of key', async () => {
    const first = await page('', 3);
    const second = await page(first.next ?? '', 3);
    expect(first.next).toBe(documentKey(at(2)));
    expect(second.next).toBeUndefined();
    expect([...first.items, ...second.items]).toEqual([0, 1, 2, 3].map((index) => ({ key: documentKey(at(index)), outcome: 'SAME' })));
  });

  test('a result that the hospital altered alone is detected by the insurer’s hash', async () => {
    await rewriteAlone(town.network, HOSPITAL, [richer(decision(0))]);
    expect(await outcomeOf(at(0))).toBe('ALTERED');
  });

  test('a result that the insurer altered alone is detected at the hospital', async () => {
    await rewriteAlone(town.network, INSURER, [richer(decision(1))]);
    expect(await outcomeOf(at(1))).toBe('ALTERED');
  });

  test('a result that both altered alike does not follow from its facts', async () => {
    for (const mspId of [HOSPITAL, INSURER]) await rewriteAlone(town.network, mspId, [richer(decision(2))]);
    expect(await outcomeOf(at(2))).toBe('DIFFERENT');
  });

  test('rules that this build does not have are told apart', async () => {
    const other = canonicalJson({ ...at(2), body: { ...at(2).body, ruleSet: 'professional/0' } });
    for (const mspId of [HOSPITAL, INSURER]) await rewriteAlone(town.network, mspId, [{ key: documentKey(at(2)), value: other }]);
    expect(await outcomeOf(at(2))).toBe('UNKNOWN_RULE');
  });

  test('a decision whose claim is no longer held is counted apart', async () => {
    await rewriteAlone(town.network, HOSPITAL, [{ key: at(3).body.claim.key, value: null }]);
    expect(await outcomeOf(at(3))).toBe('NOT_HELD');
  });

  test('refuses a place that is no key of a document', async () => {
    await expect(page('adjudication~x~1', 3)).rejects.toThrow(/INVALID_DOCUMENT_KEY/);
  });
});
