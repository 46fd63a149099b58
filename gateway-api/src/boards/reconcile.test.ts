import { Readable } from 'node:stream';
import { licenceId, licenceIdKey } from '@medaccord/domain';
import type { LicenceView } from '@medaccord/domain';
import type { BoardFinding } from './board-records.js';
import { reconcile } from './reconcile.js';
import type { ReconciliationCounts, ReconciliationParts } from './reconcile.js';

const key = { jurisdiction: 'WA', board: 'wa-nursing', type: 'RN' };
const rows = 100_000;
/** Every thousandth licence of the extract is not on the ledger, and every thousandth of the ledger not in the extract. */
const isOnLedger = (number: number): boolean => number % 1000 !== 1;
const isInExtract = (number: number): boolean => number % 1000 !== 2;
const ids = Array.from({ length: rows }, (_, number) => licenceId({ ...key, number: `N${number}` })).filter((_, number) => isOnLedger(number)).sort();
const upload = {
  bytes: 1, digest: new Uint8Array(),
  open: () => Readable.from((function* lines() {
    yield 'number,status,effectiveFrom,validThru\n';
    for (let number = 0; number < rows; number += 1) if (isInExtract(number)) yield `N${number},ACTIVE,2020-01-01,2027-12-31\n`;
  })()),
};

function view(id: string): LicenceView {
  const licence = licenceIdKey(id);

  return {
    licence: { schema: 'licence/v1', licence, issuer: 'BoardMSP' }, events: [], struck: [], issuedOn: '2020-01-01', validThru: '2027-12-31',
    standing: { licence, asOf: '2026-03-01', knownAt: 1, lifecycle: 'ACTIVE', encumbrances: [], authority: 'FULL', provenance: [], nextChangeDate: null },
  };
}

/** A ledger and a database that notice how much they are asked at once. */
class Surroundings {
  readonly numbers = new Set<string>();
  readonly findings: BoardFinding[] = [];
  readonly progress: ReconciliationCounts[] = [];
  most = 0;

  parts(): ReconciliationParts {
    const at = (asked: number): void => { this.most = Math.max(this.most, asked); };
    const index = { catchUp: () => Promise.resolve(), views: (asked: readonly string[]) => { at(asked.length); return Promise.resolve(asked.filter((id) => isOnLedger(Number(id.split('N').at(-1)))).map(view)); } };
    const store = { licenceIds: (_: string, { after, limit }: { after: string; limit: number }) => { const from = after === '' ? 0 : ids.indexOf(after) + 1; return Promise.resolve(ids.slice(from, from + limit)); } };
    const runs = {
      forget: () => { this.numbers.clear(); return Promise.resolve(); },
      noteNumbers: (_: string, some: readonly string[]) => { at(some.length); for (const one of some) this.numbers.add(one); return Promise.resolve(new Set<string>()); },
      missingFrom: (_: string, some: readonly string[]) => { at(some.length); return Promise.resolve(some.filter((one) => !this.numbers.has(one))); },
    };

    return { index, store, runs } as unknown as ReconciliationParts;
  }

  async reconcile(): Promise<ReconciliationCounts> {
    return reconcile(this.parts(), upload, { ...key, recordedOn: '2026-03-01', runId: 'r' }, (counts, found = []) => {
      this.progress.push(counts as ReconciliationCounts);
      this.findings.push(...found);

      return Promise.resolve();
    });
  }
}

test('a hundred thousand rows are compared five hundred at a time, with progress, and twice the same', async () => {
  const surroundings = new Surroundings();
  const counts = await surroundings.reconcile();

  expect(counts).toEqual({ rows: 99_900, equal: 99_800, different: 0, missingOnLedger: 100, missingInExtract: 100, refused: 0 });
  expect([surroundings.most, surroundings.findings.length, surroundings.progress[0]]).toMatchObject([500, 200, { rows: 500 }]);
  expect(surroundings.progress.length).toBeGreaterThan(390); // 200 of the extract and 200 of the ledger
  expect(await new Surroundings().reconcile()).toEqual(counts);
}, 60_000);
