import { peer } from '@hyperledger/fabric-protos';
import { ValidationParameterUpdated } from './api.js';
import type { TransactionValidator, ValidationParameters } from './api.js';
import { decodeMetadata } from './read-write-set-encoding.js';
import type { ReadWriteSet } from './read-write-set.js';
import { VALIDATION_PARAMETER } from './simulator.js';
import { hashedSpace } from './spaces.js';
import type { StateReader } from './state-view.js';
import type { LedgerTransaction } from './transaction.js';

const { VALID, ENDORSEMENT_POLICY_FAILURE } = peer.TxValidationCode;

/** Asks the validator about every transaction, in order. */
export async function validateBlock(
  blockNumber: number,
  envelopes: readonly Uint8Array[],
  transactions: readonly LedgerTransaction[],
  state: StateReader,
  validate: TransactionValidator,
): Promise<number[]> {
  const parameters = new BlockParameters(state);
  const codes: number[] = [];
  for (const [txNumber, envelope] of envelopes.entries()) {
    const code = await validate(envelope, { blockNumber, txNumber }, parameters).catch(failureOfDependency);
    const set = transactions[txNumber]?.readWriteSet;
    if (code === VALID && set !== undefined) parameters.noteUpdates(set);
    codes.push(code);
  }

  return codes;
}

function failureOfDependency(error: unknown): number {
  if (error instanceof ValidationParameterUpdated) return ENDORSEMENT_POLICY_FAILURE;
  throw error;
}

/** Key-level policies of before the block, and which of them the block's earlier transactions replace. */
class BlockParameters implements ValidationParameters {
  readonly #state: StateReader;
  readonly #updated = new Set<string>();

  constructor(state: StateReader) {
    this.#state = state;
  }

  // Async, so that a refusal is a rejection.
  // eslint-disable-next-line @typescript-eslint/require-await
  async ofKey(namespace: string, key: string): Promise<Uint8Array | undefined> {
    return this.#parameter(namespace, key);
  }

  // eslint-disable-next-line @typescript-eslint/require-await
  async ofPrivateKeyHash(namespace: string, collection: string, keyHash: Uint8Array): Promise<Uint8Array | undefined> {
    return this.#parameter(hashedSpace(namespace, collection), Buffer.from(keyHash).toString('hex'));
  }

  noteUpdates({ namespaces }: ReadWriteSet): void {
    for (const { namespace, metadataWrites, collections } of namespaces) {
      for (const { key } of metadataWrites) this.#updated.add(`${namespace}\0${key}`);
      for (const hashed of collections) {
        const space = hashedSpace(namespace, hashed.collection);
        for (const { keyHash } of hashed.metadataWrites) this.#updated.add(`${space}\0${keyHash}`);
      }
    }
  }

  #parameter(space: string, key: string): Uint8Array | undefined {
    if (this.#updated.has(`${space}\0${key}`)) {
      throw new ValidationParameterUpdated('validation parameters have been updated by an earlier transaction of the block');
    }
    return decodeMetadata(this.#state.get(space, key)?.metadata).get(VALIDATION_PARAMETER);
  }
}
