import { peer } from '@hyperledger/fabric-protos';
import type { ChaincodeConfig, CollectionConfig } from '../../configuration/consortium.js';
import { LIFECYCLE, packageId } from '../definitions/chaincode-definition.js';
import { collectionPackage } from '../definitions/definition-record.js';
import { CommitStatuses } from '../gateway/commit-statuses.js';
import { encodeApplicationPolicy, encodePolicy, parsePolicy } from '../policies/index.js';
import { assembleTransaction } from '../transactions/assemble.js';
import { unpackProposal } from '../transactions/proposal.js';
import { signProposal } from '../transactions/sign-proposal.js';
import type { SigningIdentity } from '../../identities/index.js';
import type { Channel } from './channel.js';
import type { Organisation } from './organisation.js';

const { lifecycle } = peer;
/** How `_lifecycle` refuses an approval that the organisation has given before. */
const UNCHANGED = 'with unchanged content';

/** Defines chaincodes as organisations do on Fabric: each approves in its own collection, then the definition is committed. */
export class DefinitionTransactions {
  constructor(
    private readonly channel: Channel,
    private readonly organisations: readonly Organisation[],
  ) {}

  /** Approves and commits a definition; resolves when every organisation that keeps up has it. */
  async define(config: ChaincodeConfig): Promise<void> {
    await Promise.all(this.organisations.map((organisation) => this.#approve(config, organisation)));
    const [first] = this.organisations;
    if (!first) throw new Error('a channel has at least one organisation');
    await this.#submit('CommitChaincodeDefinition', commitment(config), first.enrolled.administrator, this.organisations);
  }

  async #approve(config: ChaincodeConfig, organisation: Organisation): Promise<void> {
    try {
      await this.#submit('ApproveChaincodeDefinitionForMyOrg', approval(config), organisation.enrolled.administrator, [organisation]);
    } catch (cause) {
      // Approved already: by the organisation itself, or by a start that was killed before it could commit.
      if (!(cause instanceof Error) || !cause.message.includes(UNCHANGED)) throw cause;
    }
  }

  async #submit(name: string, args: Uint8Array, creator: SigningIdentity, endorsers: readonly Organisation[]): Promise<void> {
    const { channel } = this;
    const proposal = unpackProposal(signProposal(channel.name, LIFECYCLE, [Buffer.from(name), args], creator));
    const responses = await Promise.all(endorsers.map(({ peer: endorser }) => endorser.process(proposal)));
    const endorsed = responses.flatMap((outcome) => {
      const failure = outcome.kind === 'answered' ? outcome.response.getResponse()?.getMessage() : outcome.message;
      if (outcome.kind !== 'answered' || !outcome.response.hasEndorsement()) throw new Error(`${name}: ${failure ?? 'not endorsed'}`);
      return outcome.response;
    });
    const endorsements = endorsed.flatMap((response) => response.getEndorsement() ?? []);
    const envelope = assembleTransaction(proposal, endorsed[0]?.getPayload_asU8() ?? new Uint8Array(), endorsements);
    envelope.setSignature(creator.sign(envelope.getPayload_asU8()));
    await this.#commit(name, proposal.txId, envelope.serializeBinary(), endorsers);
  }

  async #commit(name: string, txId: string, envelope: Uint8Array, endorsers: readonly Organisation[]): Promise<void> {
    const statuses = endorsers.map(({ peer: endorser }) => new CommitStatuses(this.channel.ledger, endorser.mspId));
    try {
      const committed = statuses.map((each) => each.of(txId, new AbortController().signal));
      this.channel.orderer.order(envelope);
      const codes = (await Promise.all(committed)).map(({ code }) => code);
      if (codes.some((code) => code !== peer.TxValidationCode.VALID)) throw new Error(`${name} was not valid: code ${codes.join(', ')}`);
    } finally {
      for (const each of statuses) each.close();
    }
  }
}

function approval(config: ChaincodeConfig): Uint8Array {
  const local = new lifecycle.ChaincodeSource.Local();
  local.setPackageId(packageId(config));
  const source = new lifecycle.ChaincodeSource();
  source.setLocalPackage(local);
  const args = new lifecycle.ApproveChaincodeDefinitionForMyOrgArgs();
  fill(args, config);
  args.setSource(source);
  return args.serializeBinary();
}

function commitment(config: ChaincodeConfig): Uint8Array {
  const args = new lifecycle.CommitChaincodeDefinitionArgs();
  fill(args, config);
  return args.serializeBinary();
}

function fill(
  args: peer.lifecycle.ApproveChaincodeDefinitionForMyOrgArgs | peer.lifecycle.CommitChaincodeDefinitionArgs,
  config: ChaincodeConfig,
): void {
  args.setName(config.name);
  args.setVersion(config.version);
  args.setSequence(config.sequence);
  args.setEndorsementPlugin('escc');
  args.setValidationPlugin('vscc');
  args.setInitRequired(config.initRequired ?? false);
  args.setValidationParameter(encodeApplicationPolicy(config.endorsementPolicy).serializeBinary());
  args.setCollections(collectionPackage(config.collections.map(staticCollection)));
}

function staticCollection(config: CollectionConfig): peer.StaticCollectionConfig {
  const members = new peer.CollectionPolicyConfig();
  members.setSignaturePolicy(encodePolicy(parsePolicy(config.policy)));
  const collection = new peer.StaticCollectionConfig();
  collection.setName(config.name);
  collection.setMemberOrgsPolicy(members);
  collection.setRequiredPeerCount(config.requiredPeerCount);
  collection.setMaximumPeerCount(config.maxPeerCount);
  collection.setBlockToLive(config.blockToLive);
  collection.setMemberOnlyRead(config.memberOnlyRead);
  collection.setMemberOnlyWrite(config.memberOnlyWrite);
  const policy = config.endorsementPolicy?.signaturePolicy ?? config.endorsementPolicy?.channelConfigPolicy;
  if (policy !== undefined) collection.setEndorsementPolicy(encodeApplicationPolicy(policy));
  return collection;
}
