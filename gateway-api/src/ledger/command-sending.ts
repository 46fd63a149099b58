import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { commandHash, DomainError, TRANSIENT_COMMAND } from '@medaccord/domain';
import { SERVICE_ROLE } from './ledger.js';
import type { Ledger } from './ledger.js';
import type { SubmissionJournal } from './transaction.js';

/** Where a command stands on the channel; the block is not known where another process had sent it before. */
export interface CommandProof {
  readonly transactionId: string;
  readonly blockNumber?: number;
}

/** A private command as it goes to the ledger: its bytes in the transient map, their hash as the one argument. */
export interface CommandToSend {
  readonly chaincode: string;
  readonly transaction: string;
  readonly bytes: Uint8Array;
  readonly endorsers: readonly string[];
}

/** A receipt may reach this organisation's other peer a moment after the commit was told. */
const receiptAttempts = 20;
const receiptPauseMs = 50;

/** Sends a command under the gateway's own identity; undefined where the very same one has been carried out. */
export async function sendCommand(ledger: Ledger, journal: SubmissionJournal, step: string, { chaincode, transaction, bytes, endorsers }: CommandToSend): Promise<CommandProof | undefined> {
  const args = [commandHash(bytes, (content) => createHash('sha256').update(content).digest())];
  try {
    const { transactionId, blockNumber } = await ledger.submit({ chaincode, transaction, args, transient: { [TRANSIENT_COMMAND]: bytes }, endorsers, identityRole: SERVICE_ROLE }, journal, step);

    return { transactionId, blockNumber };
  } catch (error) {
    if (error instanceof DomainError && error.code === 'ALREADY_RECORDED') return undefined;
    throw error;
  }
}

/** The receipt of a command that is committed: looked for until it is there, and the last look tells why it is not. */
export async function receiptAfter<R>(look: () => Promise<R | undefined>, lastLook: () => Promise<R>): Promise<R> {
  for (let attempt = 1; attempt < receiptAttempts; attempt += 1) {
    const receipt = await look();
    if (receipt !== undefined) return receipt;
    await pause(receiptPauseMs);
  }

  return lastLook();
}
