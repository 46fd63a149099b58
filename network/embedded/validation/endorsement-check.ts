import { peer } from '@hyperledger/fabric-protos';
import { channelPolicyReference, LIFECYCLE } from '../definitions/chaincode-definition.js';
import type { ChaincodeDefinition } from '../definitions/chaincode-definition.js';
import type { CollectionPolicies } from '../definitions/collection-policies.js';
import type { ValidationParameters } from '../ledger/api.js';
import type { NamespaceSet } from '../ledger/read-write-set.js';
import type { Membership, SignedData } from '../membership.js';
import { InvalidTransaction, orInvalid } from './invalid-transaction.js';

const Code = peer.TxValidationCode;

export interface PolicySources {
  readonly membership: Membership;
  readonly definitions: { current(name: string): Pick<ChaincodeDefinition, 'endorsementPolicy'> | undefined };
  readonly collectionPolicies: Pick<CollectionPolicies, 'of'>;
}

/**
 * One namespace's endorsement policies against a transaction's endorsements. A key's own policy replaces that of its
 * collection or chaincode; a collection's policy replaces the chaincode's; the chaincode's is checked where any written
 * key falls to it, and where nothing else was checked at all.
 */
export class EndorsementCheck {
  readonly #checked = new Set<string>();
  #checkedAny = false;

  constructor(
    private readonly namespace: string,
    private readonly endorsements: readonly SignedData[],
    private readonly parameters: ValidationParameters,
    private readonly sources: PolicySources,
  ) {}

  /** Throws {@link InvalidTransaction}. */
  async run(set: NamespaceSet): Promise<void> {
    const chaincodePolicy = this.#chaincodePolicy();
    for (const { key } of [...set.writes, ...set.metadataWrites]) {
      this.#checkKey(await this.parameters.ofKey(this.namespace, key), '', chaincodePolicy);
    }
    for (const { collection, writes, metadataWrites } of set.collections) {
      for (const { keyHash } of [...writes, ...metadataWrites]) {
        const hash = Buffer.from(keyHash, 'hex');
        const ofKey = await this.parameters.ofPrivateKeyHash(this.namespace, collection, hash);
        this.#checkKey(ofKey, collection, chaincodePolicy);
      }
    }
    if (!this.#checkedAny) this.#check('', chaincodePolicy);
  }

  #checkKey(ofKey: Uint8Array | undefined, collection: string, chaincodePolicy: Uint8Array): void {
    if (ofKey && ofKey.length > 0) {
      orInvalid(Code.ENDORSEMENT_POLICY_FAILURE, () => {
        this.sources.membership.checkKeyPolicy(ofKey, this.endorsements);
      });
      this.#checkedAny = true;
    } else if (collection === '') {
      this.#check('', chaincodePolicy);
    } else if (!this.#checked.has(collection)) {
      this.#check(collection, this.#collectionPolicy(collection));
    }
  }

  #check(collection: string, policy: Uint8Array): void {
    if (this.#checked.has(collection)) return;
    this.#evaluate(policy);
    this.#checked.add(collection);
    this.#checkedAny = true;
  }

  #evaluate(policy: Uint8Array): void {
    orInvalid(Code.ENDORSEMENT_POLICY_FAILURE, () => {
      this.sources.membership.checkApplicationPolicy(policy, this.endorsements);
    });
  }

  #chaincodePolicy(): Uint8Array {
    if (this.namespace === LIFECYCLE) return channelPolicyReference('/Channel/Application/LifecycleEndorsement');
    const definition = this.sources.definitions.current(this.namespace);
    if (!definition) {
      throw new InvalidTransaction(Code.INVALID_CHAINCODE, `chaincode definition for [${this.namespace}] is invalid, plugin field must be set`);
    }
    return definition.endorsementPolicy;
  }

  #collectionPolicy(collection: string): Uint8Array {
    return orInvalid(Code.ENDORSEMENT_POLICY_FAILURE, () => this.sources.collectionPolicies.of(this.namespace, collection));
  }
}
