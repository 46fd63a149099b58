import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { CommittedTransaction } from './api.js';
import { envelopesOf } from './block.js';
import { openLedger } from './ledger.js';
import { crashLedgerOptions } from './testing/crash-ledger.js';
import { ORG1 } from './testing/test-ledger.js';
import { decodeTransaction } from './transaction.js';
import { verifyStoredLedger } from './verification.js';

const KILLS = 6;

describe('a ledger whose process is killed', () => {
  let directory: string;
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'crash-'));
  });
  afterEach(async () => {
    await rm(directory, { recursive: true, force: true });
  });

  /** Lets the writer run until it has acknowledged some blocks, and kills it in the middle of whatever it does then. */
  async function writeAndKill(run: number): Promise<CommittedTransaction[]> {
    const child = spawn(process.execPath, [join(import.meta.dirname, 'testing/crash-writer.js'), directory, `run${run}`], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const acknowledged: CommittedTransaction[] = [];
    let blocks = 0;
    const lines = createInterface(child.stdout);
    lines.on('line', (line) => {
      acknowledged.push(...(JSON.parse(line) as CommittedTransaction[]));
      blocks += 1;
      if (blocks === 5 + run) setTimeout(() => child.kill('SIGKILL'), run);
    });
    await once(child, 'exit');
    return acknowledged;
  }

  it(`${KILLS} times has lost nothing that it acknowledged, and doubled nothing`, async () => {
    const acknowledged: CommittedTransaction[] = [];
    for (let run = 0; run < KILLS; run += 1) {
      acknowledged.push(...(await writeAndKill(run)));
      expect((await verifyStoredLedger(crashLedgerOptions(directory))).problems).toEqual([]);
      const ledger = await openLedger(crashLedgerOptions(directory));
      for (const { txId, validationCode } of acknowledged) {
        expect([txId, await ledger.transaction(ORG1, txId)]).toEqual([txId, expect.objectContaining({ validationCode })]);
      }
      const ids: string[] = [];
      for (let number = 1; number < ledger.chainInfo(ORG1).height; number += 1) {
        const block = await ledger.blockByNumber(ORG1, number);
        ids.push(...(block === undefined ? [] : envelopesOf(block)).map((one) => decodeTransaction(one).txId));
      }
      expect(new Set(ids).size).toBe(ids.length);
      await ledger.close();
    }
    expect(acknowledged.length).toBeGreaterThan(KILLS * 10);
  }, 240_000);
});
