import { common, gateway as protos, orderer, peer } from '@hyperledger/fabric-protos';
import { signers } from '@hyperledger/fabric-gateway';
import { createHash } from 'node:crypto';
import { type Behaviour, behaviour } from '../behaviour.js';
import { ALPHA, BETA, CONSORTIUM } from '../world/consortium.js';
import { askForEvents, askGateway, process, signedProposal } from '../world/raw-requests.js';
import type { World } from '../world/world.js';

/** A signed proposal whose channel header was changed. */
async function proposalWith(world: World, change: (header: common.ChannelHeader) => void): Promise<peer.SignedProposal> {
  return signedProposal(world, 'state:put', [world.key(), 'x'], ({ channelHeader }) => { change(channelHeader); });
}

function garbage(): peer.SignedProposal {
  const signed = new peer.SignedProposal();
  signed.setProposalBytes(Buffer.from('no proposal at all'));
  return signed;
}

function evaluation(proposal?: peer.SignedProposal): protos.EvaluateRequest {
  const request = new protos.EvaluateRequest();
  request.setProposedTransaction(proposal);
  return request;
}

function endorsement(proposal?: peer.SignedProposal): protos.EndorseRequest {
  const request = new protos.EndorseRequest();
  request.setProposedTransaction(proposal);
  return request;
}

function submission(envelope?: common.Envelope): protos.SubmitRequest {
  const request = new protos.SubmitRequest();
  request.setPreparedTransaction(envelope);
  request.setChannelId(CONSORTIUM.channel);
  return request;
}

function envelopeOf(data: string, signature: string): common.Envelope {
  const payload = new common.Payload();
  payload.setData(Buffer.from(data));
  const envelope = new common.Envelope();
  envelope.setPayload(payload.serializeBinary());
  envelope.setSignature(Buffer.from(signature));
  return envelope;
}

/** A transaction of Alpha's tester for a channel that the orderer does not have. */
async function foreignEnvelope(world: World): Promise<common.Envelope> {
  const channelHeader = new common.ChannelHeader();
  channelHeader.setType(common.HeaderType.ENDORSER_TRANSACTION);
  channelHeader.setChannelId('elsewhere');
  const signatureHeader = new common.SignatureHeader();
  signatureHeader.setCreator((await world.network.user(ALPHA, 'tester')).serialize());
  const header = new common.Header();
  header.setChannelHeader(channelHeader.serializeBinary());
  header.setSignatureHeader(signatureHeader.serializeBinary());
  const payload = new common.Payload();
  payload.setHeader(header);
  const envelope = new common.Envelope();
  envelope.setPayload(payload.serializeBinary());
  envelope.setSignature(Buffer.from('whatever'));
  return envelope;
}

/** A specification without an input, which names a chaincode or has no name at all. */
function specificationOf(chaincode: string | undefined): peer.ChaincodeSpec {
  const specification = new peer.ChaincodeSpec();
  if (chaincode !== undefined) {
    const id = new peer.ChaincodeID();
    id.setName(chaincode);
    specification.setChaincodeId(id);
  }
  return specification;
}

interface Signed {
  setRequest(value: Uint8Array): void;
  setSignature(value: Uint8Array): void;
}

/** Signs request bytes with the key of somebody's tester. */
async function sign<Message extends Signed>(world: World, message: Message, bytes: Uint8Array, by: string = ALPHA): Promise<Message> {
  message.setRequest(bytes);
  const { privateKey } = await world.network.user(by, 'tester');
  message.setSignature(await signers.newPrivateKeySigner(privateKey)(createHash('sha256').update(bytes).digest()));
  return message;
}

/** Asks for the status of a transaction with a request of Alpha's tester that was changed. */
async function statusWith(world: World, change: (request: protos.CommitStatusRequest) => void, by?: string): ReturnType<typeof askGateway> {
  const request = new protos.CommitStatusRequest();
  request.setChannelId(CONSORTIUM.channel);
  request.setTransactionId('0'.repeat(64));
  request.setIdentity((await world.network.user(ALPHA, 'tester')).serialize());
  change(request);
  return askGateway(world, 'CommitStatus', await sign(world, new protos.SignedCommitStatusRequest(), request.serializeBinary(), by));
}

/** Asks for chaincode events from block 0 on with a request of Alpha's tester that was changed. */
async function eventsWith(world: World, change: (request: protos.ChaincodeEventsRequest) => void, by?: string, milliseconds?: number): ReturnType<typeof askForEvents> {
  const request = new protos.ChaincodeEventsRequest();
  request.setChannelId(CONSORTIUM.channel);
  request.setChaincodeId('basic');
  request.setIdentity((await world.network.user(ALPHA, 'tester')).serialize());
  change(request);
  return askForEvents(world, await sign(world, new protos.SignedChaincodeEventsRequest(), request.serializeBinary(), by), milliseconds);
}

/** Requests that no official client makes, because it completes them. */
export const requestBehaviours: readonly Behaviour[] = [
  behaviour('request.evaluate', 'an evaluation needs a proposal with a channel', async (world) => {
    return {
      none: await askGateway(world, 'Evaluate', evaluation()),
      empty: await askGateway(world, 'Evaluate', evaluation(new peer.SignedProposal())),
      garbage: await askGateway(world, 'Evaluate', evaluation(garbage())),
      channel: await askGateway(world, 'Evaluate', evaluation(await proposalWith(world, (header) => { header.setChannelId(''); }))),
      chaincode: await askGateway(world, 'Evaluate', evaluation(await proposalWith(world, (header) => { header.setExtension$(''); }))),
    };
  }),

  behaviour('request.endorse', 'an endorsement needs a proposal', async (world) => {
    return {
      none: await askGateway(world, 'Endorse', endorsement()),
      empty: await askGateway(world, 'Endorse', endorsement(new peer.SignedProposal())),
      garbage: await askGateway(world, 'Endorse', endorsement(garbage())),
      chaincode: await askGateway(world, 'Endorse', endorsement(await proposalWith(world, (header) => { header.setExtension$(''); }))),
    };
  }),

  behaviour('request.submit', 'a submission needs a signed transaction', async (world) => {
    return {
      none: await askGateway(world, 'Submit', submission()),
      unsigned: await askGateway(world, 'Submit', submission(envelopeOf('x', ''))),
      elsewhere: await askGateway(world, 'Submit', submission(await foreignEnvelope(world))),
      headless: await askGateway(world, 'Submit', submission(envelopeOf('x', 'no signature'))),
    };
  }),

  behaviour('request.commit-status', 'a status request needs an identity, its signature, a channel and a transaction', async (world) => {
    return {
      empty: await askGateway(world, 'CommitStatus', new protos.SignedCommitStatusRequest()),
      identity: await statusWith(world, (request) => { request.setIdentity(''); }),
      channel: await statusWith(world, (request) => { request.setChannelId(''); }),
      elsewhere: await statusWith(world, (request) => { request.setChannelId('elsewhere'); }),
      transaction: await statusWith(world, (request) => { request.setTransactionId(''); }),
      signature: await statusWith(world, () => undefined, BETA),
    };
  }),

  behaviour('request.chaincode-events', 'a request for events needs an identity, its signature, a channel and a position that is a block', async (world) => {
    const at = (position: orderer.SeekPosition) => (request: protos.ChaincodeEventsRequest): void => { request.setStartPosition(position); };
    const [oldest, newest] = [new orderer.SeekPosition(), new orderer.SeekPosition()];
    oldest.setOldest(new orderer.SeekOldest());
    newest.setNewest(new orderer.SeekNewest());
    return {
      empty: await askForEvents(world, new protos.SignedChaincodeEventsRequest()),
      identity: await eventsWith(world, (request) => { request.setIdentity(''); }),
      channel: await eventsWith(world, (request) => { request.setChannelId(''); }),
      elsewhere: await eventsWith(world, (request) => { request.setChannelId('elsewhere'); }),
      signature: await eventsWith(world, () => undefined, BETA),
      oldest: await eventsWith(world, at(oldest)),
      newest: await eventsWith(world, at(newest)),
    };
  }),

  behaviour('request.specification', 'a proposal names a chaincode and has an input: who evaluates is told the one, who endorses both', async (world) => {
    const answers = async (chaincode: string | undefined, specified = true): Promise<unknown> => {
      const signed = await signedProposal(world, 'state:put', [world.key(), 'x'], ({ payload }) => {
        const invocation = new peer.ChaincodeInvocationSpec();
        invocation.setChaincodeSpec(specified ? specificationOf(chaincode) : undefined);
        payload.setInput(invocation.serializeBinary());
      });
      return { evaluate: await askGateway(world, 'Evaluate', evaluation(signed)), endorse: await askGateway(world, 'Endorse', endorsement(signed)), endorser: await process(world, signed) };
    };
    return { none: await answers(undefined, false), chaincodeless: await answers(undefined), nameless: await answers(''), inputless: await answers('open') };
  }),

  behaviour('request.chaincode-events.after', 'events begin after a transaction that the request names, and no message comes without events', async (world) => {
    const { txId } = await world.valid('basic', 'call:event', ['before', 'x', world.key()]);
    await world.valid('basic', 'call:event', ['after', 'x', world.key()]);
    const first = new orderer.SeekPosition();
    first.setSpecified(new orderer.SeekSpecified());
    return {
      after: await eventsWith(world, (request) => { request.setAfterTransactionId(txId); }),
      none: (await eventsWith(world, (request) => { request.setChaincodeId('nobody'); request.setStartPosition(first); }, ALPHA, 2_000)) === 'answered',
    };
  }),
];
