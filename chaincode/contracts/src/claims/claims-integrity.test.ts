import type { AdjudicateClaims, ClaimFile, CommandBody, EobDocument } from '@medaccord/domain';
import { canonicalJson, documentKey } from '@medaccord/domain';
import { refusalOf } from '../testing/contract-network.js';
import { ClaimsTown, HOSPITAL, INSURER, SERVICE_DAY } from './testing/claims-town.js';
import { rewriteAlone } from './testing/patched-claims.js';
import { claim, plan, service } from './testing/terms.js';

interface Ready {
  readonly claimId: string;
  readonly coverageId: string;
  readonly planId: string;
  readonly feeScheduleId: string;
  readonly command: AdjudicateClaims;
}

describe('an adjudication rests on recorded documents alone', () => {
  let town: ClaimsTown;
  let terms: { readonly planId: string; readonly feeScheduleId: string };
  let members = 0;

  /** A fresh claim of a fresh member, with the command that would decide it. */
  const ready = async (): Promise<Ready> => {
    members += 1;
    const content = claim(`M-${members}`, service(SERVICE_DAY));
    const insured = await town.enrol(content, terms.planId);
    const [claimId = ''] = await town.submit(content);
    return { claimId, ...terms, ...insured, command: await town.adjudication([claimId], { ...terms, ...insured }) };
  };
  const refusal = async (body: CommandBody): Promise<string> => (await refusalOf(town.send('claims-examiner', town.command('claims-examiner', body)))).code;
  const onlyOf = <T>(values: readonly T[]): T => {
    const [value] = values;
    if (value === undefined) throw new Error('one expected');
    return value;
  };

  beforeAll(async () => {
    town = await ClaimsTown.start();
    terms = await town.insure();
  }, 120_000);

  afterAll(async () => {
    await town.stop();
  });

  test('an altered claim, coverage, plan, contract, accumulator or history is refused by both peers', async () => {
    const { claimId, command, ...ids } = await ready();
    const item = onlyOf(command.items);
    const { body } = item.claim;
    const richer = { ...item.claim, body: { ...body, content: { ...body.content, patientControlNumber: 'other' } } };
    const coverage = onlyOf(command.coverages);
    const accumulator = onlyOf(command.accumulators);
    const contract = onlyOf(command.feeSchedules);
    await town.apply('claims-examiner', command);
    const again = claim(`M-${members}`, service(SERVICE_DAY, { chargeMinor: 1 }));
    const [second = ''] = await town.submit(again);
    const { claim: first, eob } = await town.read<ClaimFile>('claims-examiner', 'readClaim', claimId);
    const history = [{ claim: first, eob: eob as EobDocument }];
    const next = await town.adjudication([second], ids, history);
    const forgedHistory = { ...history[0], eob: { ...history[0]?.eob, body: { ...eob?.body, patientControlNumber: 'x' } } } as (typeof history)[0];

    const fresh = await ready();
    const { command: good } = fresh;
    expect(await refusal({ ...good, items: [{ ...onlyOf(good.items), claim: { ...onlyOf(good.items).claim, body: richer.body } }] })).toMatch(/INPUT_MISMATCH|DOCUMENT_MISMATCH/);
    const sameMember = onlyOf(good.items).claim;
    const altered = { ...sameMember, body: { ...sameMember.body, content: { ...sameMember.body.content, totalChargeMinor: 1 } } };
    expect(await refusal({ ...good, items: [{ ...onlyOf(good.items), claim: altered }] })).toBe('DOCUMENT_MISMATCH');
    expect(await refusal({ ...good, coverages: good.coverages.map((one) => ({ ...one, body: { ...one.body, periods: [{ from: '2010-01-01', planId: terms.planId }] } })) })).toBe('DOCUMENT_MISMATCH');
    expect(await refusal({ ...good, plans: good.plans.map((one) => ({ ...one, body: plan({ timelyFilingDays: 1 }) })) })).toBe('DOCUMENT_MISMATCH');
    expect(await refusal({ ...good, feeSchedules: [{ ...contract, body: { ...contract.body, prices: { type: 'share-of-charges', share: 100, category: 'visit' } } }] })).toBe('DOCUMENT_MISMATCH');
    expect(await refusal({ ...good, accumulators: good.accumulators.map((one) => ({ ...one, document: { ...one.document, body: { ...one.document.body, postingCount: 9 } } })) })).toBe('DOCUMENT_MISMATCH');
    expect(await refusal({ ...next, history: [forgedHistory] })).toBe('DOCUMENT_MISMATCH');
    expect([coverage.version, accumulator.document.version]).toEqual([1, 1]);
  });

  test('an altered price or total fails its proof', async () => {
    const { command } = await ready();
    const fee = onlyOf(command.fees);
    if (fee.type !== 'listed') throw new Error('a listed price expected');
    const dearer = { ...fee, inclusion: { ...fee.inclusion, leaf: { ...fee.inclusion.leaf, value: { ...fee.inclusion.leaf.value, amountMinor: 1 } } } };
    expect(await refusal({ ...command, fees: [dearer] })).toBe('PROOF_INVALID');
    const spent = command.accumulators.map((one) => ({ ...one, leaves: one.leaves.map((leaf) => ({ ...leaf, leaf: { ...leaf.leaf, value: { usedMinor: 9_900 } } })) }));
    expect(await refusal({ ...command, accumulators: spent })).toBe('PROOF_INVALID');
  });

  test('a copy that one party rewrote alone is void, whoever it was and whichever version is passed', async () => {
    for (const mspId of [INSURER, HOSPITAL]) {
      const { command } = await ready();
      const item = onlyOf(command.items);
      const { content } = item.claim.body;
      const altered = { ...item.claim, body: { ...item.claim.body, content: { ...content, patientControlNumber: 'altered' } } };
      expect(await rewriteAlone(town.network, mspId, [{ key: documentKey(item.claim), value: canonicalJson(altered) }])).toEqual([0]); // its own signature is enough
      expect(await refusal({ ...command, items: [{ ...item, claim: altered }] })).toBe('DOCUMENT_ONE_SIDED');
      expect(await refusal(command)).toBe('DOCUMENT_ONE_SIDED');
    }
  });

  test('a fee schedule that one party rewrote alone is void', async () => {
    const own = await town.insure();
    const content = claim('M-fees', service(SERVICE_DAY));
    const insured = await town.enrol(content, own.planId);
    const claimIds = await town.submit(content);
    const command = await town.adjudication(claimIds, { ...own, ...insured });
    const schedule = onlyOf(command.feeSchedules);
    const cheaper = { ...schedule, body: { ...schedule.body, prices: { type: 'share-of-charges' as const, share: 1, category: 'visit' } } };
    await rewriteAlone(town.network, INSURER, [{ key: documentKey(schedule), value: canonicalJson(cheaper) }]);
    expect(await refusal({ ...command, feeSchedules: [cheaper] })).toBe('DOCUMENT_ONE_SIDED');
  });

  test('a version, a decision or a list entry that one party made up alone is void', async () => {
    const { claimId, command } = await ready();
    const { claim: document } = onlyOf(command.items);
    await rewriteAlone(town.network, HOSPITAL, [{ key: documentKey({ ...document, version: 2 }), value: canonicalJson({ ...document, version: 2 }) }]);
    expect(await refusal(command)).toBe('STALE_VERSION');

    const other = await ready();
    await rewriteAlone(town.network, INSURER, [{ key: `open~${other.claimId}`, value: null }]);
    expect(await refusal(other.command)).toBe('DOCUMENT_ONE_SIDED');

    const third = await ready();
    await rewriteAlone(town.network, INSURER, [{ key: `adjudication~${third.claimId}~1`, value: '{}' }]);
    expect(await refusal(third.command)).toBe('DOCUMENT_EXISTS');
    expect(claimId).not.toBe(third.claimId);
  });

  test('nobody can write into the other party’s collection alone', async () => {
    const { command } = await ready();
    const { claim: document } = onlyOf(command.items);
    const value = canonicalJson({ ...document, body: {} });
    const written = rewriteAlone(town.network, INSURER, [{ key: documentKey(document), value }]);
    expect(await written).toEqual([0]);
    const foreign = await town.network.as(INSURER, 'insider');
    const transient = { write: JSON.stringify({ key: documentKey(document), value, collection: `_implicit_org_${HOSPITAL}` }) };
    await expect(foreign.submit('claims', 'rewrite', undefined, { transient, endorsers: [INSURER] })).rejects.toThrow();
  });

  test('a newer version of the coverage, a decided claim and a decided total are stale', async () => {
    const { claimId, command, coverageId, planId } = await ready();
    const coverage = onlyOf(command.coverages);
    await town.apply('plan-admin', { verb: 'recordCoverages', items: [{ id: coverageId, version: 2, body: { ...coverage.body, reason: 'corrected' } }] });
    expect(await refusal(command)).toBe('STALE_VERSION');
    const fresh = await town.adjudication([claimId], { ...terms, coverageId, planId });
    await town.apply('claims-examiner', fresh);
    expect(await refusal(fresh)).toMatch(/CLAIM_NOT_OPEN|STALE_VERSION/);
  });

  test('versions follow each other: neither twice nor with a gap', async () => {
    const { coverageId, command } = await ready();
    const { body } = onlyOf(command.coverages);
    const record = async (version: number): Promise<string> =>
      (await refusalOf(town.send('plan-admin', town.command('plan-admin', { verb: 'recordCoverages', items: [{ id: coverageId, version, body }] })))).code;
    expect([await record(1), await record(3)]).toEqual(['DOCUMENT_EXISTS', 'STALE_VERSION']);
  });

  test('an adjudication is paid once', async () => {
    const { claimId, command } = await ready();
    await town.apply('claims-examiner', command);
    const { eob } = await town.read<ClaimFile>('finance', 'readClaim', claimId);
    const remit = (): CommandBody => ({
      ...town.remittance([eob as EobDocument], 0),
    });
    await town.apply('finance', remit());
    expect((await refusalOf(town.send('finance', town.command('finance', remit())))).code).toBe('CLAIM_ALREADY_PAID');
    const altered = { ...remit(), totalMinor: 1, eobs: [{ ...(eob as EobDocument), body: { ...eob?.body, totals: { ...eob?.body.totals, paidMinor: 1 } } }] } as CommandBody;
    expect((await refusalOf(town.send('finance', town.command('finance', altered)))).code).toBe('DOCUMENT_MISMATCH');
  });

  describe('heal', () => {
    const healing = (key: string, bytes: string | null): CommandBody => ({ verb: 'heal', items: [{ key, bytes }] });

    test('makes the caller’s own copy equal to the other’s, and the claim can be decided', async () => {
      const { command } = await ready();
      const { claim: document } = onlyOf(command.items);
      const key = documentKey(document);
      await rewriteAlone(town.network, HOSPITAL, [{ key, value: canonicalJson({ ...document, body: {} }) }, { key: documentKey({ ...document, version: 2 }), value: '{}' }]);
      await town.apply('biller', healing(key, canonicalJson(document)));
      await town.apply('biller', healing(documentKey({ ...document, version: 2 }), null));
      expect((await town.apply('claims-examiner', command)).body.items).toMatchObject([{ outcome: 'ADJUDICATED' }]);
    });

    test('restores the list of claims that wait', async () => {
      const { claimId, command } = await ready();
      const { open } = await town.read<ClaimFile>('biller', 'readClaim', claimId);
      await rewriteAlone(town.network, INSURER, [{ key: `open~${claimId}`, value: null }]);
      await town.apply('claims-examiner', healing(`open~${claimId}`, canonicalJson(open)));
      await town.apply('claims-examiner', command);
    });

    test('cannot spread an altered copy to the other party', async () => {
      const { command } = await ready();
      const { claim: document } = onlyOf(command.items);
      const key = documentKey(document);
      const altered = canonicalJson({ ...document, body: { ...document.body, clockTick: 0 } });
      await rewriteAlone(town.network, HOSPITAL, [{ key, value: altered }]);
      // Its own peer sees that the other's copy is another one; the other's peer writes only its own collection.
      const code = async (endorsers: readonly string[]): Promise<string> => (await refusalOf(town.send('biller', town.command('biller', healing(key, altered)), { endorsers }))).code;
      expect([await code([HOSPITAL]), await code([INSURER])]).toEqual(['NOT_HEALABLE', 'NOT_HEALABLE']);
    });

    test('touches joint documents of this pair only, and removes nothing that the other holds', async () => {
      const { command, coverageId } = await ready();
      const { claim: document } = onlyOf(command.items);
      const code = async (key: string, bytes: string | null): Promise<string> => (await refusalOf(town.send('claims-examiner', town.command('claims-examiner', healing(key, bytes))))).code;
      expect(await code(documentKey(document), null)).toBe('NOT_HEALABLE');
      expect(await code(`coverage~${coverageId}~1`, null)).toBe('NOT_HEALABLE');
      expect(await code(`receipt~${town.newId()}~1`, null)).toBe('NOT_HEALABLE');
      expect(await code('something else', null)).toBe('INVALID_DOCUMENT_KEY');
      const foreign = { ...document, id: town.newId(), parties: { insurerMsp: INSURER, hospitalMsp: 'MercyMSP' } };
      await rewriteAlone(town.network, HOSPITAL, [{ key: documentKey(foreign), value: canonicalJson(foreign) }]);
      expect(await code(documentKey(foreign), canonicalJson(foreign))).toBe('MIXED_PARTIES');
    });
  });
});
