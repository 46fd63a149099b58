import type { ImportDocument, ImportFigures, ImportRows } from '@medaccord/domain';
import { present } from '@medaccord/domain';
import type { Upload } from '../../http/upload.js';
import type { WriteRequest } from '../../idempotency/write-request.js';
import { opaqueIdOf } from '../../ledger/claims-client.js';
import type { ClaimsClient } from '../../ledger/claims-client.js';
import type { InsuredIds } from '../insured-ids.js';
import { grouped, readCsv } from './csv.js';
import type { Row } from './csv.js';
import { claimRow, importedClaim, openingTotals, totalRow } from './rows.js';

/** Families or claims of one transaction. */
const GROUPS_AT_ONCE = 100;

type Part = Pick<ImportRows, 'totals' | 'claims'>;

/** Loads files of another system part by part; a request that is taken up again goes on with the parts that are missing. */
export class ImportDesk {
  readonly #client: ClaimsClient;
  readonly #ids: InsuredIds;

  constructor(client: ClaimsClient, ids: InsuredIds) {
    this.#client = client;
    this.#ids = ids;
  }

  /** Rows of one family and benefit year follow each other. Throws INVALID_INPUT with lines and columns. */
  async totals(write: WriteRequest, upload: Upload, control: Partial<ImportFigures>): Promise<ImportDocument> {
    const groups = grouped(await readCsv(upload.open(), totalRow), ({ family, benefit_year: year }) => `${family}\n${year}`);

    return this.#load(write, 'TOTALS', upload, control, groups, (part) => ({ totals: part.flatMap((rows) => openingTotals(rows, this.#ids) ?? []), claims: [] }));
  }

  /** Lines of one claim follow each other. Throws INVALID_INPUT with lines and columns. */
  async claims(write: WriteRequest, upload: Upload, control: Partial<ImportFigures>): Promise<ImportDocument> {
    const groups = grouped(await readCsv(upload.open(), claimRow), ({ claim_number: number }) => number);

    return this.#load(write, 'CLAIMS', upload, control, groups, (part) => ({
      totals: [],
      claims: part.flatMap((rows) => {
        const body = importedClaim(rows, this.#ids);

        return body === undefined ? [] : [{ id: opaqueIdOf(write.derive(`imported ${rows[0]?.line ?? 0}`)), body }];
      }),
    }));
  }

  async #load<T>(
    write: WriteRequest, subject: ImportRows['subject'], upload: Upload, control: Partial<ImportFigures>, groups: readonly (readonly Row<T>[])[], partOf: (part: readonly (readonly Row<T>[])[]) => Part,
  ): Promise<ImportDocument> {
    const importId = opaqueIdOf(write.derive('import'));
    const fileHash = Buffer.from(upload.digest).toString('hex');
    for (let from = 0; from < groups.length; from += GROUPS_AT_ONCE) {
      const step = `rows-from-${from}`;
      if ((await this.#client.carriedOut(write, step)) !== undefined) continue;
      const part = groups.slice(from, from + GROUPS_AT_ONCE);
      const before = await this.#client.newestOrNone<ImportDocument>('import', importId);
      const lastLine = part.at(-1)?.at(-1)?.line ?? 0;
      const isLast = from + GROUPS_AT_ONCE >= groups.length;
      await this.#client.apply(write, step, {
        parties: { insurerMsp: this.#client.mspId },
        body: { verb: 'importRows', importId, ...present('before', before), subject, fileHash, control, ...partOf(part), lastLine, isLast },
      });
    }

    return this.#client.newest<ImportDocument>('import', importId);
  }
}
