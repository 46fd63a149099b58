import { common } from '@hyperledger/fabric-protos';
import type { ConsortiumConfig } from '../../configuration/consortium.js';
import { readConfigBlock } from '../channel-config/index.js';
import { CollectionPolicies } from '../definitions/collection-policies.js';
import { Collections } from '../definitions/collections.js';
import { DefinitionBook } from '../definitions/definition-book.js';
import { openLedger } from '../ledger/index.js';
import type { CommittedBlock, Ledger } from '../ledger/api.js';
import { EndorsementPlanner } from '../gateway/endorsement-planner.js';
import { Membership } from '../membership.js';
import { signBlock } from '../ordering/block-signature.js';
import { AdmittedEnvelopes } from '../ordering/admitted-envelopes.js';
import { AccessControl } from '../peer/access-control.js';
import { ProposalAdmission } from '../peer/proposal-admission.js';
import { Orderer } from '../ordering/orderer.js';
import { transactionValidator } from '../validation/transaction-validator.js';
import { ledgerPath } from './enrolment.js';
import type { Enrolment } from './enrolment.js';
import { genesisBlock } from './genesis.js';
import { LocalMembership, MadeSignatures } from './made-signatures.js';

/** What all organisations of the channel share: the chain, its configuration and the orderer. */
export class Channel {
  readonly orderer: Orderer;
  readonly collectionPolicies: CollectionPolicies;
  readonly access: AccessControl;
  readonly admission: ProposalAdmission;
  readonly planner: EndorsementPlanner;
  /** Number of the block with the configuration in force. */
  configBlock = 0;
  readonly #awaitConfiguration: (() => void)[] = [];

  private constructor(
    readonly name: string,
    readonly organisations: readonly string[],
    readonly ledger: Ledger,
    readonly membership: Membership,
    readonly definitions: DefinitionBook,
    readonly collections: Collections,
    readonly made: MadeSignatures,
    ordering: ConsortiumConfig['ordering'],
    onFailure: (cause: unknown) => void,
  ) {
    this.collectionPolicies = new CollectionPolicies(definitions, (mspId) =>
      organisations.includes(mspId) ? `/Channel/Application/${mspId}/Endorsement` : undefined,
    );
    this.access = new AccessControl(membership, name);
    this.admission = new ProposalAdmission(membership, this.access);
    const { collectionPolicies } = this;
    this.planner = new EndorsementPlanner({ channel: name, membership, definitions, collections, collectionPolicies });
    const admitted = new AdmittedEnvelopes(name, membership);
    const validate = transactionValidator(name, { membership, definitions, collectionPolicies, admitted });
    this.orderer = new Orderer({
      limits: ordering,
      admit: (envelope) => admitted.admit(envelope),
      commit: async (envelopes) => {
        const commit = (): Promise<CommittedBlock> => ledger.commit(envelopes, validate);
        this.#apply(await (envelopes.some(changesDefinitions) ? definitions.changing(commit) : commit()));
      },
      onFailure,
    });
  }

  /** Opens the channel's ledger, with its genesis block where it is new. */
  static async open(
    config: ConsortiumConfig,
    enrolment: Enrolment,
    directory: string,
    onFailure: (cause: unknown) => void,
  ): Promise<Channel> {
    const made = new MadeSignatures();
    const genesis = await genesisBlock(config, enrolment, directory);
    const membership = new Membership(new LocalMembership(configOf(genesis), made));
    const organisations = config.organisations.map(({ mspId }) => mspId);
    const parts: { collections?: Collections; channel?: Channel } = {};
    const ledger = await openLedger({
      directory: ledgerPath(directory),
      channel: config.channel,
      organisations,
      genesisBlock: genesis,
      collections: (namespace, name) => parts.collections?.find(namespace, name),
      signBlock: (block) => {
        const own = readConfigBlock(block) ? block.getHeader()?.getNumber() : undefined;
        signBlock(block, enrolment.orderer, own ?? parts.channel?.configBlock ?? 0);
        return Promise.resolve();
      },
    });
    const definitions = new DefinitionBook(ledger, organisations);
    parts.collections = new Collections(definitions, membership, organisations);
    parts.channel = new Channel(config.channel, organisations, ledger, membership, definitions, parts.collections, made, config.ordering, onFailure);
    try {
      await definitions.reload();
      await parts.channel.#readConfiguration();
      return parts.channel;
    } catch (cause) {
      await ledger.close();
      throw cause;
    }
  }

  /** Orders a new configuration and resolves when it is in force. */
  async reconfigure(envelope: Uint8Array): Promise<void> {
    const inForce = new Promise<void>((resolve) => this.#awaitConfiguration.push(resolve));
    this.orderer.order(envelope, true);
    await inForce;
  }

  /** Ends ordering once everything that was taken is committed, and closes the ledger. */
  async close(): Promise<void> {
    await this.orderer.stop();
    await this.ledger.close();
  }

  /** What a block changed of the ground on which the next one is judged. */
  #apply({ number, block }: CommittedBlock): void {
    const config = readConfigBlock(block);
    if (config) {
      this.configBlock = number;
      this.membership.use(new LocalMembership(config, this.made));
      for (const resolve of this.#awaitConfiguration.splice(0)) resolve();
    }
  }

  /** The configuration in force after a restart: the newest block names the block that holds it. */
  async #readConfiguration(): Promise<void> {
    const mspId = this.organisations[0] ?? '';
    const newest = await this.ledger.blockByNumber(mspId, this.ledger.chainInfo(mspId).height - 1);
    this.configBlock = newest ? lastConfigBlock(newest) : 0;
    const block = await this.ledger.blockByNumber(mspId, this.configBlock);
    if (block) this.membership.use(new LocalMembership(configOf(block), this.made));
  }
}

function configOf(block: common.Block): common.Config {
  const config = readConfigBlock(block);
  if (!config) throw new Error(`block ${block.getHeader()?.getNumber() ?? 0} holds no configuration`);
  return config;
}

function lastConfigBlock(block: common.Block): number {
  const slot = block.getMetadata()?.getMetadataList_asU8()[common.BlockMetadataIndex.SIGNATURES];
  const value = common.Metadata.deserializeBinary(slot ?? new Uint8Array()).getValue_asU8();
  return common.OrdererBlockMetadata.deserializeBinary(value).getLastConfig()?.getIndex() ?? 0;
}

/** A definition changes only by this function of `_lifecycle`; reading definitions anew after a match in vain is harmless. */
const DEFINITION_CHANGE = Buffer.from('CommitChaincodeDefinition');

function changesDefinitions({ buffer, byteOffset, byteLength }: Uint8Array): boolean {
  return Buffer.from(buffer, byteOffset, byteLength).includes(DEFINITION_CHANGE);
}
