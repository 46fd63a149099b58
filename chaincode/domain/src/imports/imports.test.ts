import { claimOf, coverageOf, idOf, line, usd } from '../claims/testing/builders.js';
import { LifeCycleDesk } from '../life-cycle/testing/life-cycle-desk.js';
import { refusalOf } from '../shared/testing/refusal.js';
import type { ImportBody, ImportedClaimBody, ImportRows } from './import.js';

const IMPORT = idOf('import');
const visit: ImportedClaimBody = {
  coverageId: idOf('coverage'), claimNumber: 'OLD-1', state: 'PAID', receivedOn: '2026-01-10', billingTaxId: '123456789', currency: 'USD',
  lines: [{ number: 1, code: 'X0001', modifiers: [], unitsThousandths: 1000, chargeMinor: usd(200), allowedMinor: usd(120), paidMinor: usd(80), copayMinor: usd(20), serviceFrom: '2026-01-05', serviceThru: '2026-01-05' }],
};

function part(changes: Partial<ImportRows> = {}): ImportRows {
  return { verb: 'importRows', importId: IMPORT, subject: 'CLAIMS', fileHash: 'a'.repeat(64), control: { rows: 2, paid: 1, open: 1, paidMinor: usd(80) }, totals: [], claims: [{ id: idOf('first'), body: visit }], lastLine: 2, isLast: false, ...changes };
}

const state = (desk: LifeCycleDesk): ImportBody => desk.newest('import', IMPORT).body;
const second = { id: idOf('second'), body: { ...visit, claimNumber: 'OLD-2', state: 'OPEN' as const, lines: visit.lines.map((line) => ({ ...line, paidMinor: 0 })) } };

describe('an import', () => {
  test('goes on part by part, says how far it is, and is reconciled with what the old system states', () => {
    const desk = new LifeCycleDesk();
    desk.run(part());
    expect(state(desk)).toMatchObject({ state: 'LOADING', lastLine: 2, loaded: { rows: 1, paid: 1, open: 0, chargeMinor: usd(200), paidMinor: usd(80) }, differences: [] });
    desk.run(part({ before: desk.newest('import', IMPORT), claims: [second], lastLine: 3, isLast: true }));
    expect(state(desk)).toMatchObject({ state: 'COMPLETE', loaded: { rows: 2, paid: 1, open: 1, chargeMinor: usd(400), paidMinor: usd(80) }, differences: [] });
    expect(desk.newest('imported-claim', idOf('second')).body.state).toBe('OPEN');
  });

  test('names each figure that is not as stated, and refuses nothing for that', () => {
    const desk = new LifeCycleDesk();
    desk.run(part({ isLast: true }));
    expect(state(desk)).toMatchObject({ state: 'COMPLETE', differences: [{ figure: 'rows', stated: 2, loaded: 1 }, { figure: 'open', stated: 1, loaded: 0 }] });
  });

  test('of paid claims is history: the same service again is a duplicate, and its copay was taken', () => {
    const desk = new LifeCycleDesk({ used: { deductible: 500 } });
    const other = { ...visit, lines: visit.lines.map((line) => ({ ...line, code: 'X0002', category: 'office-visit', chargeMinor: usd(50), renderingNpi: '1234567893', serviceFrom: '2026-02-03', serviceThru: '2026-02-03' })) };
    desk.run(part({ claims: [{ id: idOf('first'), body: { ...visit, lines: visit.lines.map((line) => ({ ...line, serviceFrom: '2026-02-04', serviceThru: '2026-02-04', renderingNpi: '1234567893', placeOfService: '11' })) } }, { id: idOf('second'), body: other }] }));
    const imported = desk.all('imported-claim');
    // 120 allowed; the copay of the day was taken in the old system; a fifth of 120
    expect(desk.decide(claimOf(), { imported }).totals).toMatchObject({ paidMinor: usd(96), patientMinor: usd(24) });
    expect(desk.decide(claimOf([line({ serviceFrom: '2026-02-04' })]), { imported }).lines[0]?.adjustments).toMatchObject([{ group: 'OA', reason: '18' }]);
    desk.run({ verb: 'recordCoverages', items: [{ id: idOf('stranger'), version: 1, body: coverageOf({ personKey: 'M-7', person: '02' }) }] });
    const foreign = imported.map((one) => ({ ...one, body: { ...one.body, coverageId: idOf('stranger') } }));
    desk.submit('next', claimOf([line({ serviceFrom: '2026-02-05' })]));
    expect(refusalOf(() => desk.adjudicate(['next'], { imported: foreign }))).toBe('INPUT_MISMATCH');
  });

  test('begins totals, and adds them up', () => {
    const desk = new LifeCycleDesk();
    const totals = [{ familyId: idOf('others'), benefitYear: '2026-01-01', currency: 'USD', version: 1, reason: 'brought along', totals: [{ leaf: '01/deductible', usedMinor: usd(3) }, { leaf: 'family/deductible', usedMinor: usd(4) }] }];
    desk.run(part({ subject: 'TOTALS', claims: [], totals, control: { usedMinor: usd(7) }, isLast: true }));
    expect(state(desk)).toMatchObject({ loaded: { rows: 2, usedMinor: usd(7) }, differences: [] });
    expect(desk.all('accumulator').at(-1)?.body.familyId).toBe(idOf('others'));
  });

  test('takes no part of another file, none twice, none after its end', () => {
    const desk = new LifeCycleDesk();
    desk.run(part());
    expect(refusalOf(() => desk.run(part()))).toBe('INPUT_MISSING');
    const first = desk.newest('import', IMPORT);
    const next = part({ before: first, claims: [second], lastLine: 3 });
    expect(refusalOf(() => desk.run({ ...next, fileHash: 'b'.repeat(64) }))).toBe('INPUT_MISMATCH');
    expect(refusalOf(() => desk.run({ ...next, control: {} }))).toBe('INPUT_MISMATCH');
    expect(refusalOf(() => desk.run({ ...next, lastLine: 1 }))).toBe('INPUT_MISMATCH');
    desk.run({ ...next, isLast: true });
    expect(refusalOf(() => desk.run(next))).toBe('STALE_VERSION');
    expect(refusalOf(() => desk.run({ ...next, before: desk.newest('import', IMPORT) }))).toBe('IMPORT_COMPLETE');
  });
});
