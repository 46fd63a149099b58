import { strict as assert } from 'node:assert';
import { createHash, randomBytes } from 'node:crypto';
import { common, peer } from '@hyperledger/fabric-protos';
import timestamps from 'google-protobuf/google/protobuf/timestamp_pb.js';
import { type Behaviour, behaviour } from '../behaviour.js';
import type { BatchWrite } from '../chaincode/batch-contract.js';
import { ALPHA, BETA, implicit } from '../world/consortium.js';
import { calling, interestIn, process, type ProposalParts, propose, signedProposal } from '../world/raw-requests.js';

/** Names another chaincode in the header than in the payload. */
function otherChaincode({ channelHeader }: ProposalParts, name = 'basic'): void {
  const extension = new peer.ChaincodeHeaderExtension();
  const id = new peer.ChaincodeID();
  id.setName(name);
  extension.setChaincodeId(id);
  channelHeader.setExtension$(extension.serializeBinary());
}

/** Makes the transaction id what it has to be for another nonce or creator. */
function newTransactionId({ channelHeader, signatureHeader }: ProposalParts): void {
  channelHeader.setTxId(createHash('sha256').update(signatureHeader.getNonce_asU8()).update(signatureHeader.getCreator_asU8()).digest('hex'));
}

export const endorserBehaviours: readonly Behaviour[] = [
  behaviour('endorser.direct', 'a proposal that comes to the endorser directly is executed and signed', async (world) => {
    const answer = await propose(world, 'state:put', [world.key(), 'x']);
    assert.deepEqual(answer, { status: 200, message: '', endorsed: true });
    return undefined;
  }),

  behaviour('endorser.refused-by-chaincode', 'what the chaincode refuses is answered unsigned', async (world) => {
    return { answer: await propose(world, 'fault:fail', ['no', world.key()]) };
  }),

  behaviour('endorser.signature', 'a proposal that its creator did not sign is refused', async (world) => {
    const other = await world.network.user(BETA, 'tester');
    return { answer: await propose(world, 'state:put', [world.key(), 'x'], undefined, other) };
  }),

  behaviour('endorser.transaction-id', 'a transaction id has to be the hash of nonce and creator', async (world) => {
    return { answer: await propose(world, 'state:put', [world.key(), 'x'], ({ channelHeader }) => { channelHeader.setTxId('a'.repeat(64)); }) };
  }),

  behaviour('endorser.nonce', 'a proposal without a nonce is refused', async (world) => {
    return { answer: await propose(world, 'state:put', [world.key(), 'x'], (parts) => { parts.signatureHeader.setNonce(''); newTransactionId(parts); }) };
  }),

  behaviour('endorser.creator', 'a proposal without a creator is refused', async (world) => {
    return { answer: await propose(world, 'state:put', [world.key(), 'x'], (parts) => { parts.signatureHeader.setCreator(''); newTransactionId(parts); }) };
  }),

  behaviour('endorser.type', 'only endorser transactions and configurations are proposals', async (world) => {
    return { answer: await propose(world, 'state:put', [world.key(), 'x'], ({ channelHeader }) => { channelHeader.setType(common.HeaderType.MESSAGE); }) };
  }),

  behaviour('endorser.epoch', 'an epoch other than zero is refused', async (world) => {
    return { answer: await propose(world, 'state:put', [world.key(), 'x'], ({ channelHeader }) => { channelHeader.setEpoch(7); }) };
  }),

  behaviour('endorser.channel', 'a channel that the peer is not in is refused', async (world) => {
    return { answer: await propose(world, 'state:put', [world.key(), 'x'], ({ channelHeader }) => { channelHeader.setChannelId('elsewhere'); }) };
  }),

  behaviour('endorser.chaincode', 'the chaincode of the header has to be the one of the payload', async (world) => {
    const unknown = await propose(world, 'state:put', [world.key(), 'x'], ({ channelHeader }) => { channelHeader.setExtension$(''); });
    const nameless = await propose(world, 'state:put', [world.key(), 'x'], (parts) => { otherChaincode(parts, ''); });
    return { other: await propose(world, 'state:put', [world.key(), 'x'], otherChaincode), unknown, nameless };
  }),

  behaviour('endorser.timestamp', 'a time that is too far from the peer’s is refused', async (world) => {
    const answer = await propose(world, 'state:put', [world.key(), 'x'], ({ channelHeader }) => { channelHeader.setTimestamp(timestamps.Timestamp.fromDate(new Date('2001-01-01T00:00:00Z'))); });
    return { answer };
  }),

  behaviour('endorser.duplicate', 'a proposal whose transaction is committed already is refused', async (world) => {
    const nonce = randomBytes(24);
    const fix = (parts: ProposalParts): void => { parts.signatureHeader.setNonce(nonce); newTransactionId(parts); };
    const again = await signedProposal(world, 'state:put', [world.key(), 'x'], fix);
    const header = common.Header.deserializeBinary(peer.Proposal.deserializeBinary(again.getProposalBytes_asU8()).getHeader_asU8());
    const transaction = await world.endorseBytes(again);
    assert.equal((await world.commit(transaction)).txId, common.ChannelHeader.deserializeBinary(header.getChannelHeader_asU8()).getTxId());
    return { answer: await process(world, again) };
  }),

  behaviour('endorser.garbage', 'bytes that are no proposal are refused', async (world) => {
    const signed = new peer.SignedProposal();
    signed.setProposalBytes(Buffer.from('no proposal at all'));
    signed.setSignature(Buffer.from('no signature'));
    const empty = await process(world, new peer.SignedProposal());
    const garbage = await process(world, signed);
    return { empty: 'error' in empty ? 'error' : empty, garbage: 'error' in garbage ? 'error' : garbage };
  }),

  behaviour('endorser.signature.empty', 'a proposal without any signature is refused', async (world) => {
    const signed = await signedProposal(world, 'state:put', [world.key(), 'x']);
    signed.setSignature('');
    return { answer: await process(world, signed) };
  }),

  behaviour('endorser.type.configuration', 'a proposal may have the type of a configuration', async (world) => {
    return { answer: await propose(world, 'state:put', [world.key(), 'x'], ({ channelHeader }) => { channelHeader.setType(common.HeaderType.CONFIG); }) };
  }),

  behaviour('endorser.no-channel', 'without a channel a peer answers what needs no ledger, unsigned', async (world) => {
    const without = (chaincode: string, ...args: readonly string[]): ReturnType<typeof propose> => propose(world, 'state:get', ['x'], (parts) => {
      calling(chaincode, args)(parts);
      parts.channelHeader.setChannelId('');
    });
    return {
      channels: await without('cscc', 'GetChannels'),
      lifecycle: await without('_lifecycle', 'QueryChaincodeDefinitions', ''),
      chaincode: await without('open', 'state:get', 'x'),
    };
  }),

  behaviour('endorser.no-arguments', 'system chaincodes want a function', async (world) => {
    const call = (chaincode: string): ReturnType<typeof propose> => propose(world, 'state:get', ['x'], calling(chaincode, []));
    return { cscc: await call('cscc'), qscc: await call('qscc'), lifecycle: await call('_lifecycle') };
  }),

  behaviour('endorser.interest', 'an endorser tells whose policies a transaction falls under', async (world) => {
    const own = implicit(ALPHA);
    const write = (...writes: readonly BatchWrite[]): ReturnType<typeof interestIn> => interestIn(world, 'batch:write', [JSON.stringify(writes)]);
    const [key, guarded] = [world.key(), world.key()];
    await world.valid('open', 'policy:putGuarded', [guarded, 'x', JSON.stringify([ALPHA])]);
    return {
      write: await write({ kind: 'PUT_STATE', key }),
      nothing: await interestIn(world, 'fault:large', ['1']),
      read: await interestIn(world, 'state:get', [key]),
      privateWrite: await write({ kind: 'PUT_STATE', collection: own, key }),
      privateRead: await interestIn(world, 'private:get', [own, key]),
      both: await write({ kind: 'PUT_STATE', key }, { kind: 'PUT_STATE', collection: own, key }),
      guarded: await write({ kind: 'PUT_STATE', key: guarded }),
      beside: await write({ kind: 'PUT_STATE', key: guarded }, { kind: 'PUT_STATE', key }),
    };
  }),
];
