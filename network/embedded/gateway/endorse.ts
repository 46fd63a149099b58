import { status } from '@grpc/grpc-js';
import { peer } from '@hyperledger/fabric-protos';
import type { common } from '@hyperledger/fabric-protos';
import type { Peer } from '../peer/peer.js';
import { assembleTransaction } from '../transactions/assemble.js';
import type { UnpackedProposal } from '../transactions/proposal.js';
import { ask } from './endorsement-answer.js';
import { EndorsementCollection } from './endorsement-collection.js';
import type { EndorsementPlanner, Plans } from './endorsement-planner.js';
import { GatewayStatus } from './gateway-status.js';
import type { EndpointFailure } from './gateway-status.js';
import type { PeerDirectory } from './peer-directory.js';

/**
 * Collects the endorsements that a proposal needs and assembles the transaction for the client to sign: from the
 * organisations that the client names, else from a set that the policies of what the proposal touched lead to.
 * Throws {@link GatewayStatus}.
 */
export async function endorse(
  proposal: UnpackedProposal,
  endorsingOrganisations: readonly string[],
  peers: PeerDirectory,
  planner: EndorsementPlanner,
): Promise<common.Envelope> {
  const collection = new EndorsementCollection(proposal, peers.own.mspId);
  const endorsers =
    endorsingOrganisations.length > 0
      ? await fromNamed(proposal, endorsingOrganisations, peers, collection)
      : await fromPlans(proposal, peers, planner, collection);
  const { payload } = collection;
  if (!endorsers || !payload) {
    throw new GatewayStatus(
      status.ABORTED,
      'failed to collect enough transaction endorsements, see attached details for more info',
      collection.failures,
    );
  }
  return assembleTransaction(proposal, payload, collection.of(endorsers));
}

async function fromNamed(
  { requestedChaincode: chaincodeName }: UnpackedProposal,
  organisations: readonly string[],
  peers: PeerDirectory,
  collection: EndorsementCollection,
): Promise<readonly string[] | undefined> {
  const found = new Map(organisations.map((mspId) => [mspId, peers.find(mspId, chaincodeName)]));
  const missing = [...found].flatMap(([mspId, endorser]) => (endorser ? [] : mspId));
  if (missing.length > 0) {
    throw new GatewayStatus(status.UNAVAILABLE, `failed to find any endorsing peers for org(s): ${missing.join(', ')}`);
  }
  await collection.collect([...found.values()].filter((endorser) => endorser !== undefined));
  const named = [...found.keys()];
  return named.every((mspId) => collection.has(mspId)) ? named : undefined;
}

async function fromPlans(
  proposal: UnpackedProposal,
  peers: PeerDirectory,
  planner: EndorsementPlanner,
  collection: EndorsementCollection,
): Promise<readonly string[] | undefined> {
  const first = await firstEndorsement(proposal, peers, planner);
  collection.add(first.endorser, first.answer);
  const plans = plansAfter(proposal, first.answer.interest(), peers, planner);
  for (const plan of inOrderOfTrial(plans, first.endorser.mspId)) {
    if (plan.some((mspId) => collection.failed.has(mspId))) continue;
    const wanted = plan.filter((mspId) => !collection.has(mspId));
    await collection.collect(wanted.flatMap((mspId) => peers.find(mspId, proposal.requestedChaincode) ?? []));
    if (plan.every((mspId) => collection.has(mspId))) return plan;
  }
  return undefined;
}

/**
 * Sets that the first endorser is in come first, as it need not be asked again, and smaller ones before larger ones; equal
 * ones in any order, as in Fabric, so that every organisation gets its share of the work.
 */
export function inOrderOfTrial(plans: Plans, firstMspId: string): Plans {
  return plans
    .map((plan) => ({ plan, without: Number(!plan.includes(firstMspId)), chance: Math.random() }))
    .sort((a, b) => a.without - b.without || a.plan.length - b.plan.length || a.chance - b.chance)
    .map(({ plan }) => plan);
}

interface FirstEndorsement {
  readonly endorser: Peer;
  readonly answer: { readonly ok: true; readonly response: peer.ProposalResponse; readonly interest: () => peer.ChaincodeInterest | undefined };
}

/** The own peer runs the proposal first: what it touches tells which policies count. */
async function firstEndorsement(
  proposal: UnpackedProposal,
  peers: PeerDirectory,
  planner: EndorsementPlanner,
): Promise<FirstEndorsement> {
  const failures: EndpointFailure[] = [];
  for (const endorser of firstEndorsers(proposal, peers, planner)) {
    const answer = await ask(endorser, proposal, peers.own.mspId);
    if (answer.ok) return { endorser, answer };
    failures.push(answer.failure);
  }
  throw new GatewayStatus(status.ABORTED, 'failed to endorse transaction, see attached details for more info', failures);
}

function firstEndorsers(proposal: UnpackedProposal, peers: PeerDirectory, planner: EndorsementPlanner): readonly Peer[] {
  const { requestedChaincode: chaincodeName } = proposal;
  if (peers.own.has(chaincodeName)) return [peers.own];
  if (proposal.hasTransientData) {
    throw new GatewayStatus(
      status.FAILED_PRECONDITION,
      "no endorsers found in the gateway's organization; retry specifying endorsing organization(s) to protect transient data",
    );
  }
  plans(defaultInterest(chaincodeName), peers, planner);
  return peers.withChaincode(chaincodeName).slice(0, 1);
}

function plansAfter(
  proposal: UnpackedProposal,
  reported: peer.ChaincodeInterest | undefined,
  peers: PeerDirectory,
  planner: EndorsementPlanner,
): Plans {
  const interest = reported && reported.getChaincodesList().length > 0 ? reported : defaultInterest(proposal.requestedChaincode);
  if (!proposal.hasTransientData) return plans(interest, peers, planner);
  const cautious = interest.clone();
  const shielded = cautious.getChaincodesList().filter((call) => call.getNoPrivateReads());
  for (const call of shielded) call.setNoPrivateReads(false);
  try {
    return planner.plans(cautious, peers);
  } catch (cause) {
    const collections = shielded.flatMap((call) => call.getCollectionNamesList());
    if (isPossible(interest, peers, planner)) {
      throw new GatewayStatus(
        status.FAILED_PRECONDITION,
        `requires endorsement from organisation(s) that are not in the distribution policy of the private data collection(s): [${collections.join(' ')}]; retry specifying trusted endorsing organizations to protect transient data`,
      );
    }
    throw noCombination(cause);
  }
}

function plans(interest: peer.ChaincodeInterest, peers: PeerDirectory, planner: EndorsementPlanner): Plans {
  try {
    return planner.plans(interest, peers);
  } catch (cause) {
    throw noCombination(cause);
  }
}

function isPossible(interest: peer.ChaincodeInterest, peers: PeerDirectory, planner: EndorsementPlanner): boolean {
  try {
    return planner.plans(interest, peers).length > 0;
  } catch {
    return false;
  }
}

function noCombination(cause: unknown): GatewayStatus {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new GatewayStatus(
    status.FAILED_PRECONDITION,
    `no combination of peers can be derived which satisfy the endorsement policy: ${reason}`,
  );
}

function defaultInterest(chaincodeName: string): peer.ChaincodeInterest {
  const call = new peer.ChaincodeCall();
  call.setName(chaincodeName);
  const interest = new peer.ChaincodeInterest();
  interest.addChaincodes(call);
  return interest;
}
