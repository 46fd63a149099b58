import fc from 'fast-check';
import { packBatches } from './adjudication-batches.js';
import type { Gathered } from './adjudication-batches.js';

const claims = fc
  .array(fc.record({ hospitalMsp: fc.constantFrom('HospitalMSP', 'OtherMSP'), family: fc.integer({ min: 0, max: 8 }).map((number) => `family-${number}`) }), { maxLength: 60 })
  .map((all) => all.map((claim, index): Gathered => ({ ...claim, claimId: `claim-${index}` })));

describe('packing claims into transactions', () => {
  test('loses none, mixes no hospitals, splits no family and keeps its order', () => {
    fc.assert(
      fc.property(claims, fc.integer({ min: 1, max: 10 }), (all, most) => {
        const { batches, left } = packBatches(all, most);
        const packed = batches.flat();

        expect([...packed, ...left].map(({ claimId }) => claimId).sort()).toEqual(all.map(({ claimId }) => claimId).sort());
        for (const batch of batches) {
          expect(batch.length).toBeLessThanOrEqual(most);
          expect(new Set(batch.map(({ hospitalMsp }) => hospitalMsp)).size).toBe(1);
        }
        for (const family of new Set(all.map((claim) => claim.family))) {
          expect(batches.filter((batch) => batch.some((claim) => claim.family === family)).length).toBeLessThanOrEqual(1);
          const ofFamily = packed.filter((claim) => claim.family === family);
          const first = ofFamily[0]?.hospitalMsp;
          expect(ofFamily).toEqual(all.filter((claim) => claim.family === family && claim.hospitalMsp === first).slice(0, most));
        }
      }),
    );
  });

  test('makes progress: something is packed wherever there is something', () => {
    fc.assert(fc.property(claims, (all) => (packBatches(all, 1).batches.length > 0) === (all.length > 0)));
  });
});
