import { common, peer } from '@hyperledger/fabric-protos';
import { applyWrites } from './apply-writes.js';
import { checkReads } from './mvcc.js';
import type { StateReader } from './state-view.js';
import type { LedgerTransaction } from './transaction.js';
import { UpdateBatch } from './update-batch.js';

const codes = peer.TxValidationCode;
const { VALID, DUPLICATE_TXID, NIL_TXACTION, INVALID_OTHER_REASON } = codes;

/**
 * Faults of form and signature, which Fabric finds before it looks for duplicates: any other code gives way to
 * DUPLICATE_TXID where the chain knows the transaction id already.
 */
const beforeDuplicates = new Set<number>([
  codes.NIL_ENVELOPE,
  codes.BAD_PAYLOAD,
  codes.BAD_COMMON_HEADER,
  codes.BAD_CREATOR_SIGNATURE,
  codes.INVALID_ENDORSER_TRANSACTION,
  codes.INVALID_CONFIG_TRANSACTION,
  codes.UNSUPPORTED_TX_PAYLOAD,
  codes.BAD_PROPOSAL_TXID,
  codes.UNKNOWN_TX_TYPE,
  codes.TARGET_CHAIN_NOT_FOUND,
  codes.MARSHAL_TX_ERROR,
  codes.NIL_TXACTION,
]);

/** Replaces codes of transactions whose id stands in the chain, or with an earlier valid transaction of the block. */
export function markDuplicates(
  transactions: readonly LedgerTransaction[],
  given: readonly number[],
  isCommitted: (txId: string) => boolean,
): number[] {
  const inBlock = new Set<string>();

  return transactions.map(({ txId }, index) => {
    const code = given[index] ?? codes.NOT_VALIDATED;
    if (txId === '' || beforeDuplicates.has(code)) return code;
    if (isCommitted(txId)) return DUPLICATE_TXID;
    if (code !== VALID) return code;
    if (inBlock.has(txId)) return DUPLICATE_TXID;
    inBlock.add(txId);

    return code;
  });
}

/** Final codes and effects of a block: transactions that are valid so far are checked and applied one after the other. */
export async function decideBlock(
  blockNumber: number,
  transactions: readonly LedgerTransaction[],
  given: readonly number[],
  state: StateReader,
): Promise<{ readonly codes: number[]; readonly updates: UpdateBatch }> {
  const updates = new UpdateBatch();
  const decided: number[] = [];
  for (const [txNumber, transaction] of transactions.entries()) {
    let code = given[txNumber] ?? codes.NOT_VALIDATED;
    if (code === VALID) code = await decideTransaction(transaction, state, updates);
    if (code === VALID && transaction.readWriteSet !== undefined) {
      applyWrites(transaction.readWriteSet, { blockNumber, txNumber }, state, updates);
    }
    decided.push(code);
  }

  return { codes: decided, updates };
}

async function decideTransaction(transaction: LedgerTransaction, state: StateReader, updates: UpdateBatch): Promise<number> {
  if (transaction.type !== common.HeaderType.ENDORSER_TRANSACTION) return VALID;
  if (transaction.lacksAction) return NIL_TXACTION;
  if (transaction.readWriteSet === undefined) return INVALID_OTHER_REASON;

  return await checkReads(transaction.readWriteSet, state, updates);
}
