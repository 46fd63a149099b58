import { once } from 'node:events';
import { promisify } from 'node:util';
import { type ServiceError } from '@grpc/grpc-js';
import { signers } from '@hyperledger/fabric-gateway';
import { common, gateway as protos, orderer, peer } from '@hyperledger/fabric-protos';
import timestamps from 'google-protobuf/google/protobuf/timestamp_pb.js';
import { createHash, randomBytes } from 'node:crypto';
import type { SigningIdentity } from '@medaccord/network/identities';
import { ALPHA, CONSORTIUM } from './consortium.js';
import { withoutParticulars } from './refusal.js';
import type { World } from './world.js';

const sha256 = (bytes: Uint8Array): Buffer => createHash('sha256').update(bytes).digest();

/** What an endorser answered: its response, or the gRPC error. */
export type EndorserAnswer =
  | { readonly status: number; readonly message: string; readonly endorsed: boolean }
  | { readonly error: number; readonly message: string };

/** The parts of a proposal that a test may change before it is signed. */
export interface ProposalParts {
  readonly channelHeader: common.ChannelHeader;
  readonly signatureHeader: common.SignatureHeader;
  readonly payload: peer.ChaincodeProposalPayload;
}

/**
 * A proposal as the official client makes it, changed and signed by Alpha's tester (or another), sent to Alpha's endorser
 * directly: the official client sends no wrong one, and gateways of old SDKs speak to endorsers themselves.
 */
export async function propose(world: World, name: string, args: readonly string[], change: (parts: ProposalParts) => void = () => undefined, signer?: SigningIdentity): Promise<EndorserAnswer> {
  return process(world, await signedProposal(world, name, args, change, signer));
}

/** Addresses a proposal to another chaincode with other arguments; `isInit` marks it as init, which the official client never does. */
export function calling(chaincode: string, args?: readonly string[], isInit = false): (parts: ProposalParts) => void {
  return ({ channelHeader, payload }) => {
    const id = new peer.ChaincodeID();
    id.setName(chaincode);
    const extension = new peer.ChaincodeHeaderExtension();
    extension.setChaincodeId(id);
    channelHeader.setExtension$(extension.serializeBinary());
    const invocation = peer.ChaincodeInvocationSpec.deserializeBinary(payload.getInput_asU8());
    invocation.getChaincodeSpec()?.setChaincodeId(id);
    const input = invocation.getChaincodeSpec()?.getInput();
    input?.setIsInit(isInit);
    if (args !== undefined) {
      input?.setArgsList(args.map((arg) => Buffer.from(arg)));
    }
    payload.setInput(invocation.serializeBinary());
  };
}

/** The signed proposal of `propose`. */
export async function signedProposal(world: World, name: string, args: readonly string[], change: (parts: ProposalParts) => void = () => undefined, signer?: SigningIdentity): Promise<peer.SignedProposal> {
  const contract = (await world.channel()).getContract('open');
  const proposed = protos.ProposedTransaction.deserializeBinary(contract.newProposal(name, { arguments: [...args] }).getBytes());
  const proposal = peer.Proposal.deserializeBinary(proposed.getProposal()?.getProposalBytes_asU8() ?? new Uint8Array());
  const header = common.Header.deserializeBinary(proposal.getHeader_asU8());
  const parts: ProposalParts = {
    channelHeader: common.ChannelHeader.deserializeBinary(header.getChannelHeader_asU8()),
    signatureHeader: common.SignatureHeader.deserializeBinary(header.getSignatureHeader_asU8()),
    payload: peer.ChaincodeProposalPayload.deserializeBinary(proposal.getPayload_asU8()),
  };
  change(parts);
  header.setChannelHeader(parts.channelHeader.serializeBinary());
  header.setSignatureHeader(parts.signatureHeader.serializeBinary());
  proposal.setHeader(header.serializeBinary());
  proposal.setPayload(parts.payload.serializeBinary());
  const signed = new peer.SignedProposal();
  signed.setProposalBytes(proposal.serializeBinary());
  const identity = signer ?? (await world.network.user(ALPHA, 'tester'));
  signed.setSignature(await signers.newPrivateKeySigner(identity.privateKey)(sha256(signed.getProposalBytes_asU8())));
  return signed;
}

/** Whose policies Alpha's endorser says that a call of `open` falls under, in any order: chaincode, collections, number of key policies, and what it says of them. */
export async function interestIn(world: World, name: string, args: readonly string[]): Promise<readonly string[]> {
  const response = await sendProposal(world, await signedProposal(world, name, args));
  return (response?.getInterest()?.getChaincodesList() ?? []).map((call) =>
    JSON.stringify([call.getName(), call.getCollectionNamesList(), call.getKeyPoliciesList().length, { noPrivateReads: call.getNoPrivateReads(), disregard: call.getDisregardNamespacePolicy() }])).sort();
}

function sendProposal(world: World, signed: peer.SignedProposal): Promise<peer.ProposalResponse | undefined> {
  const client = world.clients.channel(ALPHA);
  return promisify((done: (error: ServiceError | null, value?: peer.ProposalResponse) => void) => {
    client.makeUnaryRequest('/protos.Endorser/ProcessProposal', (value: peer.SignedProposal) => Buffer.from(value.serializeBinary()), (bytes) => peer.ProposalResponse.deserializeBinary(bytes), signed, done);
  })();
}

/** Sends a signed proposal to Alpha's endorser. */
export async function process(world: World, signed: peer.SignedProposal): Promise<EndorserAnswer> {
  try {
    const response = await sendProposal(world, signed);
    const { status, message } = { status: response?.getResponse()?.getStatus() ?? 0, message: response?.getResponse()?.getMessage() ?? '' };
    return { status, message: withoutParticulars(message), endorsed: response?.hasEndorsement() === true };
  } catch (error) {
    return refusalIn(error);
  }
}

/** The unary methods of a peer's gateway service. */
export type GatewayMethod = 'Evaluate' | 'Endorse' | 'Submit' | 'CommitStatus';

/** Sends bytes to a method of Alpha's gateway service as they are: the official client sends no incomplete request. Answers the gRPC error, or `answered`. */
export async function askGateway(world: World, method: GatewayMethod, request: { serializeBinary(): Uint8Array }): Promise<{ readonly error: number; readonly message: string } | 'answered'> {
  const client = world.clients.channel(ALPHA);
  const call = promisify((done: (error: ServiceError | null, value?: unknown) => void) => {
    client.makeUnaryRequest(`/gateway.Gateway/${method}`, (value: Uint8Array) => Buffer.from(value), (bytes) => bytes, request.serializeBinary(), { deadline: Date.now() + 10_000 }, done);
  });
  try {
    await call();
    return 'answered';
  } catch (error) {
    return refusalIn(error);
  }
}

/** Asks Alpha's gateway for chaincode events with a request as it is; answers the gRPC error, or `answered` with the first message. */
export async function askForEvents(world: World, request: protos.SignedChaincodeEventsRequest, milliseconds = 10_000): Promise<{ readonly error: number; readonly message: string } | 'answered'> {
  const stream = world.clients.channel(ALPHA).makeServerStreamRequest('/gateway.Gateway/ChaincodeEvents', (value: Uint8Array) => Buffer.from(value), (bytes) => bytes, request.serializeBinary(), { deadline: Date.now() + milliseconds });
  try {
    await once(stream, 'data');
    return 'answered';
  } catch (error) {
    return refusalIn(error);
  } finally {
    stream.cancel();
    stream.on('error', () => undefined);
  }
}

function refusalIn(error: unknown): { readonly error: number; readonly message: string; readonly detailed: boolean } {
  const { code, details, metadata } = error as ServiceError;
  return { error: code, message: withoutParticulars(details), detailed: metadata.get('grpc-status-details-bin').length > 0 };
}

/** What a deliver stream answered, in order: `block 5`, `status 200`, or the gRPC error that ended it. */
export type Delivered = readonly string[];

/** A request to deliver blocks; the newest from 0 to 1 where nothing else is said. */
export interface DeliverRequest {
  readonly method?: 'Deliver' | 'DeliverFiltered' | 'DeliverWithPrivateData';
  readonly start?: number | 'newest' | 'oldest';
  readonly stop?: number | 'newest' | 'oldest';
  readonly failIfNotReady?: boolean;
  readonly channel?: string;
  readonly at?: string;
  readonly by?: SigningIdentity;
  readonly change?: (header: common.ChannelHeader, payload: common.Payload) => void;
  /** Changes what is sought. */
  readonly seek?: (seek: orderer.SeekInfo) => void;
  /** Sends no header. */
  readonly headless?: boolean;
  /** Signs with this key instead of the identity's own. */
  readonly signer?: SigningIdentity;
}

/** Asks a peer's deliver service and reads until it ends, a status comes, or `most` answers are there. */
export async function deliver(world: World, request: DeliverRequest, most = 10): Promise<Delivered> {
  const { method = 'Deliver', at = ALPHA } = request;
  const envelope = await seekEnvelope(world, request);
  const stream = world.clients.channel(at).makeBidiStreamRequest(`/protos.Deliver/${method}`, (value: common.Envelope) => Buffer.from(value.serializeBinary()), (bytes) => peer.DeliverResponse.deserializeBinary(bytes));
  stream.write(envelope);
  const answers: string[] = [];
  try {
    for await (const answer of stream as AsyncIterable<peer.DeliverResponse>) {
      answers.push(textOf(answer));
      if (answer.getTypeCase() === peer.DeliverResponse.TypeCase.STATUS || answers.length === most) {
        break;
      }
    }
  } catch (error) {
    answers.push(`error ${String((error as ServiceError).code)}`);
  } finally {
    stream.cancel();
    stream.on('error', () => undefined);
  }
  return answers;
}

function textOf(answer: peer.DeliverResponse): string {
  return answer.getTypeCase() === peer.DeliverResponse.TypeCase.STATUS ? `status ${answer.getStatus()}` : `block ${numberOf(answer) ?? '?'}`;
}

function numberOf(answer: peer.DeliverResponse): number | undefined {
  const block = answer.getBlock() ?? answer.getBlockAndPrivateData()?.getBlock();
  return block?.getHeader()?.getNumber() ?? answer.getFilteredBlock()?.getNumber();
}

function seekOf({ start = 0, stop = 1, failIfNotReady = false, seek: change = () => undefined }: DeliverRequest): orderer.SeekInfo {
  const seek = new orderer.SeekInfo();
  seek.setStart(position(start));
  seek.setStop(position(stop));
  seek.setBehavior(failIfNotReady ? orderer.SeekInfo.SeekBehavior.FAIL_IF_NOT_READY : orderer.SeekInfo.SeekBehavior.BLOCK_UNTIL_READY);
  change(seek);
  return seek;
}

async function seekEnvelope(world: World, request: DeliverRequest): Promise<common.Envelope> {
  const { channel = CONSORTIUM.channel, by, change, headless = false, signer } = request;
  const identity = by ?? (await world.network.user(ALPHA, 'tester'));
  const channelHeader = new common.ChannelHeader();
  channelHeader.setType(common.HeaderType.DELIVER_SEEK_INFO);
  channelHeader.setChannelId(channel);
  channelHeader.setTimestamp(timestamps.Timestamp.fromDate(new Date()));
  const payload = new common.Payload();
  payload.setData(seekOf(request).serializeBinary());
  const signatureHeader = new common.SignatureHeader();
  signatureHeader.setCreator(identity.serialize());
  signatureHeader.setNonce(randomBytes(24));
  change?.(channelHeader, payload);
  const header = new common.Header();
  header.setChannelHeader(channelHeader.serializeBinary());
  header.setSignatureHeader(signatureHeader.serializeBinary());
  payload.setHeader(headless ? undefined : header);
  const envelope = new common.Envelope();
  envelope.setPayload(payload.serializeBinary());
  envelope.setSignature(await signers.newPrivateKeySigner((signer ?? identity).privateKey)(sha256(envelope.getPayload_asU8())));
  return envelope;
}

function position(at: number | 'newest' | 'oldest'): orderer.SeekPosition {
  const result = new orderer.SeekPosition();
  if (at === 'newest') {
    result.setNewest(new orderer.SeekNewest());
  } else if (at === 'oldest') {
    result.setOldest(new orderer.SeekOldest());
  } else {
    const specified = new orderer.SeekSpecified();
    specified.setNumber(at);
    result.setSpecified(specified);
  }
  return result;
}
