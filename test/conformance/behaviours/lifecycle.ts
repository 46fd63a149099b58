import { strict as assert } from 'node:assert';
import type { Network } from '@hyperledger/fabric-gateway';
import { peer } from '@hyperledger/fabric-protos';
import { type Behaviour, behaviour } from '../behaviour.js';
import { ALPHA, CONSORTIUM, definition, MSP_IDS } from '../world/consortium.js';
import { type Refusal, refusalOf } from '../world/refusal.js';
import type { World } from '../world/world.js';

const { lifecycle } = peer;

type ApprovalMessage = peer.lifecycle.ApproveChaincodeDefinitionForMyOrgArgs;

/** The setters of the definition that approval, readiness and commit name. */
type DefinitionMessage = peer.lifecycle.CheckCommitReadinessArgs | peer.lifecycle.ApproveChaincodeDefinitionForMyOrgArgs | peer.lifecycle.CommitChaincodeDefinitionArgs;

/** The committed collections of a chaincode. */
async function committedCollections(world: World, name: string): Promise<readonly peer.StaticCollectionConfig[]> {
  const args = new lifecycle.QueryChaincodeDefinitionArgs();
  args.setName(name);
  const found = lifecycle.QueryChaincodeDefinitionResult.deserializeBinary(await world.system('_lifecycle', 'QueryChaincodeDefinition', [args.serializeBinary()]));
  return found.getCollections()?.getConfigList().flatMap((one) => one.getStaticCollectionConfig() ?? []) ?? [];
}

function collections(configs: readonly peer.StaticCollectionConfig[]): peer.CollectionConfigPackage {
  const all = new peer.CollectionConfigPackage();
  all.setConfigList(configs.map((config) => {
    const one = new peer.CollectionConfig();
    one.setStaticCollectionConfig(config);
    return one;
  }));
  return all;
}

/** The next definition of a chaincode, changed. */
function proposed(message: DefinitionMessage, name: string, change: (message: DefinitionMessage) => void): Uint8Array {
  const { version, sequence } = definition(name);
  message.setName(name);
  message.setVersion(version);
  message.setSequence(sequence + 1);
  change(message);
  return message.serializeBinary();
}

/** How a definition is refused by who asks whether it could be committed. */
async function unready(world: World, change: (message: DefinitionMessage) => void, name = 'open'): Promise<Refusal> {
  return refusalOf(world.system('_lifecycle', 'CheckCommitReadiness', [proposed(new lifecycle.CheckCommitReadinessArgs(), name, change)]));
}

async function administrator(world: World, mspId: string = ALPHA): Promise<Network> {
  return world.clients.as(await world.network.user(mspId, 'Admin'), mspId).getNetwork(CONSORTIUM.channel);
}

/** How Alpha's administrator is refused an approval or a commit; only run, never ordered. */
async function asAdministrator(world: World, call: string, args: readonly Uint8Array[]): Promise<Refusal> {
  return refusalOf((await administrator(world)).getContract('_lifecycle').evaluate(call, { arguments: [...args], endorsingOrganizations: [ALPHA] }));
}

async function unapproved(world: World, change: (message: DefinitionMessage) => void, name = 'open'): Promise<Refusal> {
  return asAdministrator(world, 'ApproveChaincodeDefinitionForMyOrg', [proposed(new lifecycle.ApproveChaincodeDefinitionForMyOrgArgs(), name, change)]);
}

function localPackage(packageId: string): peer.lifecycle.ChaincodeSource {
  const local = new lifecycle.ChaincodeSource.Local();
  local.setPackageId(packageId);
  const source = new lifecycle.ChaincodeSource();
  source.setLocalPackage(local);
  return source;
}

/** What becomes of approving the definition in force again, changed; only run, never ordered. */
async function repeatedApproval(world: World, name: string, change: (message: ApprovalMessage) => void): Promise<Refusal | 'approved'> {
  const committed = new lifecycle.QueryChaincodeDefinitionArgs();
  committed.setName(name);
  const found = lifecycle.QueryChaincodeDefinitionResult.deserializeBinary(await world.system('_lifecycle', 'QueryChaincodeDefinition', [committed.serializeBinary()]));
  const message = new lifecycle.ApproveChaincodeDefinitionForMyOrgArgs();
  message.setName(name);
  message.setSequence(found.getSequence());
  message.setVersion(found.getVersion());
  message.setInitRequired(found.getInitRequired());
  message.setValidationParameter(found.getValidationParameter_asU8());
  message.setCollections(found.getCollections());
  message.setSource(localPackage(world.network.packageId(definition(name))));
  change(message);
  const contract = (await administrator(world)).getContract('_lifecycle');
  const approving = contract.evaluate('ApproveChaincodeDefinitionForMyOrg', { arguments: [message.serializeBinary()], endorsingOrganizations: [ALPHA] });
  return approving.then(() => 'approved', () => refusalOf(approving));
}

export const lifecycleBehaviours: readonly Behaviour[] = [
  behaviour('lifecycle.refused.names', 'a definition needs a name and a version of allowed letters, and no name of a system chaincode', async (world) => {
    return {
      name: await unapproved(world, (message) => { message.setName('-open'); }),
      system: await unapproved(world, (message) => { message.setName('qscc'); }),
      version: await unapproved(world, (message) => { message.setVersion('1 beta'); }),
      noVersion: await unapproved(world, (message) => { message.setVersion(''); }),
    };
  }),

  behaviour('lifecycle.refused.collections', 'collections need names, counts and members that make sense', async (world) => {
    const [shared] = await committedCollections(world, 'basic');
    const refusedWith = (...changes: readonly ((config: peer.StaticCollectionConfig) => void)[]): Promise<Refusal> => {
      const configs = changes.map((change) => {
        const config = shared?.clone() ?? new peer.StaticCollectionConfig();
        change(config);
        return config;
      });
      return unapproved(world, (message) => { message.setCollections(collections(configs)); });
    };
    const unchanged = (): void => undefined;
    return {
      name: await refusedWith((config) => { config.setName('_shared'); }),
      twice: await refusedWith(unchanged, unchanged),
      counts: await refusedWith((config) => { config.setRequiredPeerCount(2); }),
      negative: await refusedWith((config) => { config.setRequiredPeerCount(-1); }),
      members: await refusedWith((config) => { config.clearMemberOrgsPolicy(); }),
    };
  }),

  behaviour('lifecycle.refused.kept-collections', 'a new definition names every collection of before, with its time to live', async (world) => {
    const committed = await committedCollections(world, 'basic');
    const longer = committed.map((config) => {
      const changed = config.clone();
      changed.setBlockToLive(config.getBlockToLive() + 1);
      return changed;
    });
    const refusedWith = (configs: readonly peer.StaticCollectionConfig[]): Promise<Refusal> => unapproved(world, (message) => { message.setCollections(collections(configs)); }, 'basic');
    return { none: await refusedWith([]), missing: await refusedWith(committed.slice(1)), life: await refusedWith(longer) };
  }),

  behaviour('lifecycle.readiness', 'who asks whether a definition could be committed learns who approved it, and in what the others differ', async (world) => {
    const readiness = async (change: (message: DefinitionMessage) => void): Promise<unknown> => {
      const answer = await world.system('_lifecycle', 'CheckCommitReadiness', [proposed(new lifecycle.CheckCommitReadinessArgs(), 'open', change)]);
      const found = lifecycle.CheckCommitReadinessResult.deserializeBinary(answer);
      return { approvals: found.getApprovalsMap().toArray().sort(), mismatches: MSP_IDS.map((mspId) => found.getMismatchesMap().get(mspId)?.getItemsList()) };
    };
    return { next: await readiness(() => undefined), nameless: await readiness((message) => { message.setName('-open'); message.setSequence(1); }) };
  }),

  behaviour('lifecycle.refused.sequence', 'definitions follow each other without a gap', async (world) => {
    const at = (sequence: number) => (message: DefinitionMessage): void => { message.setSequence(sequence); };
    const commit = (sequence: number): Promise<Refusal> =>
      asAdministrator(world, 'CommitChaincodeDefinition', [proposed(new lifecycle.CommitChaincodeDefinitionArgs(), 'open', at(sequence))]);
    return {
      ready: { current: await unready(world, at(1)), beyond: await unready(world, at(3)) },
      approve: { none: await unapproved(world, at(0)), beyond: await unapproved(world, at(3)), first: await unapproved(world, (message) => { message.setName('unheard-of'); message.setSequence(0); }) },
      commit: { current: await commit(1), beyond: await commit(3), unapproved: await commit(2) },
    };
  }),

  behaviour('lifecycle.refused.redefinition', 'the definition in force cannot be approved with other content', async (world) => {
    return { answer: await unapproved(world, (message) => { message.setSequence(1); message.setVersion('other'); }) };
  }),

  behaviour('lifecycle.refused.calls', 'unknown functions and wrong numbers of arguments are refused', async (world) => {
    return {
      unknown: await refusalOf(world.system('_lifecycle', 'DefineNothing', [new Uint8Array()])),
      few: await refusalOf(world.system('_lifecycle', 'QueryChaincodeDefinition', [])),
      many: await refusalOf(world.system('_lifecycle', 'QueryChaincodeDefinition', [new Uint8Array(), new Uint8Array()])),
      notMine: await asAdministrator(world, 'QueryApprovedChaincodeDefinition', [approvedArgs('nowhere', 0)]),
      notYet: await asAdministrator(world, 'QueryApprovedChaincodeDefinition', [approvedArgs('open', 2)]),
      notAdministrator: await refusalOf(world.system('_lifecycle', 'QueryApprovedChaincodeDefinition', [approvedArgs('open', 1)])),
    };
  }),

  behaviour('lifecycle.approved', 'an organisation asks what it has approved, of one sequence or the newest', async (world) => {
    const versionOf = async (sequence: number): Promise<readonly unknown[]> => {
      const contract = (await administrator(world)).getContract('_lifecycle');
      const answer = await contract.evaluate('QueryApprovedChaincodeDefinition', { arguments: [approvedArgs('open', sequence)] });
      const approved = lifecycle.QueryApprovedChaincodeDefinitionResult.deserializeBinary(answer);
      return [approved.getSequence(), approved.getVersion(), approved.getInitRequired()];
    };
    return { newest: await versionOf(0), first: await versionOf(1) };
  }),

  behaviour('cscc.refusals', 'unknown functions, channels and missing arguments are refused', async (world) => {
    return {
      unknown: await refusalOf(world.system('cscc', 'GetNothing', [CONSORTIUM.channel])),
      elsewhere: await refusalOf(world.system('cscc', 'GetChannelConfig', ['elsewhere'])),
      missing: await refusalOf(world.system('cscc', 'GetChannelConfig', [])),
      nameless: await refusalOf(world.system('cscc', 'GetConfigBlock', [''])),
    };
  }),

  behaviour('lifecycle.refused.redefinition.fields', 'the difference of an approval from the definition in force is named', async (world) => {
    const again = (change: (message: ApprovalMessage) => void): Promise<unknown> => repeatedApproval(world, 'secured', change);
    const [shared] = await committedCollections(world, 'basic');
    const policy = new peer.ApplicationPolicy();
    policy.setChannelConfigPolicyReference('/Channel/Application/Admins');
    return {
      unchanged: await again(() => undefined),
      plugin: await again((message) => { message.setEndorsementPlugin('other'); }),
      validation: await again((message) => { message.setValidationPlugin('other'); }),
      init: await again((message) => { message.setInitRequired(true); }),
      policy: await again((message) => { message.setValidationParameter(policy.serializeBinary()); }),
      collections: await again((message) => { message.setCollections(collections(shared === undefined ? [] : [shared])); }),
      package: await again((message) => { message.setSource(localPackage('another:0000')); }),
    };
  }),

  behaviour('lifecycle.approved.next', 'an approval of the next definition is seen before it is committed, by readiness in what differs from it', async (world) => {
    const approval = (change: (message: ApprovalMessage) => void): ApprovalMessage => {
      const message = new lifecycle.ApproveChaincodeDefinitionForMyOrgArgs();
      proposed(message, 'mutual', () => { change(message); });
      return message;
    };
    const admin = (await administrator(world)).getContract('_lifecycle');
    const approve = approval((message) => { message.setVersion('next'); });
    const transaction = await admin.newProposal('ApproveChaincodeDefinitionForMyOrg', { arguments: [approve.serializeBinary()], endorsingOrganizations: [ALPHA] }).endorse();
    const { code } = await world.commit(transaction);
    const outcome = async (change: (message: ApprovalMessage) => void): Promise<unknown> =>
      admin.evaluate('ApproveChaincodeDefinitionForMyOrg', { arguments: [approval(change).serializeBinary()], endorsingOrganizations: [ALPHA] }).then(() => 'approved', (error: unknown) => refusalOf(Promise.reject(error as Error)));
    const sequenceOf = async (sequence: number): Promise<unknown> => {
      const approved = lifecycle.QueryApprovedChaincodeDefinitionResult.deserializeBinary(await admin.evaluate('QueryApprovedChaincodeDefinition', { arguments: [approvedArgs('mutual', sequence)] }));
      return [approved.getSequence(), approved.getVersion(), approved.getSource()?.hasLocalPackage()];
    };
    const readiness = async (version: string): Promise<unknown> => {
      const answer = await world.system('_lifecycle', 'CheckCommitReadiness', [proposed(new lifecycle.CheckCommitReadinessArgs(), 'mutual', (message) => { message.setVersion(version); })]);
      const found = lifecycle.CheckCommitReadinessResult.deserializeBinary(answer);
      return [found.getApprovalsMap().get(ALPHA), found.getMismatchesMap().get(ALPHA)?.getItemsList()];
    };
    return {
      code,
      again: await outcome((message) => { message.setVersion('next'); }),
      other: await outcome((message) => { message.setVersion('another'); }),
      otherPackage: await outcome((message) => { message.setVersion('next'); message.setSource(localPackage('another:0000')); }),
      newest: await sequenceOf(0), first: await sequenceOf(1),
      agreed: await readiness('next'), differing: await readiness('another'),
    };
  }),

  behaviour('lifecycle.approved.all', 'an organisation asks for all its approvals', async (world) => {
    const args = new lifecycle.QueryApprovedChaincodeDefinitionsArgs();
    const answer = await (await administrator(world)).getContract('_lifecycle').evaluate('QueryApprovedChaincodeDefinitions', { arguments: [args.serializeBinary()] });
    const approved = lifecycle.QueryApprovedChaincodeDefinitionsResult.deserializeBinary(answer).getApprovedChaincodeDefinitionsList();
    return { approved: approved.map((one) => `${one.getName()} ${one.getSequence()} ${one.getVersion()}`).filter((text) => !text.startsWith('changing')).sort() };
  }),

  behaviour('lifecycle.planned', 'the gateway asks for a commit whom the channel’s policy for the lifecycle names', async (world) => {
    const chaincode = definition('secured');
    for (const mspId of MSP_IDS) {
      const approval = new lifecycle.ApproveChaincodeDefinitionForMyOrgArgs();
      proposed(approval, chaincode.name, () => { approval.setSource(localPackage(world.network.packageId(chaincode))); });
      const contract = (await administrator(world, mspId)).getContract('_lifecycle');
      const approving = contract.newProposal('ApproveChaincodeDefinitionForMyOrg', { arguments: [approval.serializeBinary()], endorsingOrganizations: [mspId] });
      assert.equal((await world.commit(await approving.endorse())).code, 0);
    }
    const commitment = proposed(new lifecycle.CommitChaincodeDefinitionArgs(), chaincode.name, () => undefined);
    const committing = (await administrator(world)).getContract('_lifecycle').newProposal('CommitChaincodeDefinition', { arguments: [commitment] });
    const outcome = await world.commit(await committing.endorse());
    assert.deepEqual([outcome.code, (await world.transaction(outcome)).endorsed?.endorsements.length], [0, 2]);
    return undefined;
  }),
];

function approvedArgs(name: string, sequence: number): Uint8Array {
  const args = new lifecycle.QueryApprovedChaincodeDefinitionArgs();
  args.setName(name);
  args.setSequence(sequence);
  return args.serializeBinary();
}
