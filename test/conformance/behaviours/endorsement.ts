import { strict as assert } from 'node:assert';
import { signers, type Transaction } from '@hyperledger/fabric-gateway';
import { common, gateway as protos, peer } from '@hyperledger/fabric-protos';
import { createHash } from 'node:crypto';
import { type Behaviour, behaviour } from '../behaviour.js';
import { ALPHA, BETA, GAMMA } from '../world/consortium.js';
import { decodeTransactions } from '../world/decoded-block.js';
import { refusalOf } from '../world/refusal.js';
import type { Outcome, World } from '../world/world.js';

/** A transaction whose parts were changed after its endorsement, signed by its creator again and submitted. */
async function tampered(world: World, transaction: Transaction, change: (action: peer.ChaincodeActionPayload, payload: common.Payload) => void): Promise<Pick<Outcome, 'code' | 'txId' | 'block'>> {
  const prepared = protos.PreparedTransaction.deserializeBinary(transaction.getBytes());
  const envelope = prepared.getEnvelope() ?? new common.Envelope();
  const payload = common.Payload.deserializeBinary(envelope.getPayload_asU8());
  const content = peer.Transaction.deserializeBinary(payload.getData_asU8());
  const [action] = content.getActionsList();
  const actionPayload = peer.ChaincodeActionPayload.deserializeBinary(action?.getPayload_asU8() ?? new Uint8Array());
  change(actionPayload, payload);
  action?.setPayload(actionPayload.serializeBinary());
  payload.setData(content.serializeBinary());
  envelope.setPayload(payload.serializeBinary());
  prepared.setEnvelope(envelope);
  const tester = await world.network.user(ALPHA, 'tester');
  const signature = await signers.newPrivateKeySigner(tester.privateKey)(createHash('sha256').update(envelope.getPayload_asU8()).digest());
  const gateway = await world.clients.tester(ALPHA);
  const before = await world.height();
  await gateway.newSignedTransaction(prepared.serializeBinary(), signature).submit();
  // What is ordered later is committed later: once this one is there, so is what became of the other.
  const { block } = await world.valid('open', 'state:put', [world.key(), 'marker']);
  for (let number = before; number <= block; number += 1) {
    const found = decodeTransactions(await world.block(number)).find((one) => Buffer.from(one.payload).equals(envelope.getPayload_asU8()));
    if (found !== undefined) {
      return { code: found.code, txId: found.txId, block: number };
    }
  }
  return assert.fail('the transaction was taken and never ordered');
}

/** Changes the bytes that the endorsers signed. */
function withOtherResults(action: peer.ChaincodeActionPayload, change: (results: Uint8Array) => Uint8Array): void {
  withOtherAction(action, (chaincodeAction) => { chaincodeAction.setResults(change(chaincodeAction.getResults_asU8())); });
}

function withOtherAction(action: peer.ChaincodeActionPayload, change: (action: peer.ChaincodeAction) => void): void {
  const endorsed = action.getAction();
  const payload = peer.ProposalResponsePayload.deserializeBinary(endorsed?.getProposalResponsePayload_asU8() ?? new Uint8Array());
  const chaincodeAction = peer.ChaincodeAction.deserializeBinary(payload.getExtension_asU8());
  change(chaincodeAction);
  payload.setExtension$(chaincodeAction.serializeBinary());
  endorsed?.setProposalResponsePayload(payload.serializeBinary());
}

export const endorsementBehaviours: readonly Behaviour[] = [
  behaviour('endorsement.mismatch.write', 'two organisations whose chaincode writes different values: the client is told and nothing is ordered', async (world) => {
    const height = await world.height();
    const refusal = await world.refused('basic', 'fault:differentWrite', [world.key()]);
    assert.deepEqual([refusal.stage, refusal.code], ['EndorseError', 10]);
    assert.ok(refusal.details.some((detail) => detail.includes('ProposalResponsePayloads do not match')), refusal.details.join('; '));
    assert.equal(await world.height(), height);
    return { refusal: { ...refusal, details: refusal.details.length } };
  }),

  behaviour('endorsement.mismatch.answer', 'two organisations whose chaincode answers differently: refused as well', async (world) => {
    const refusal = await world.refused('basic', 'fault:differentAnswer', [world.key()]);
    assert.ok(refusal.details.some((detail) => detail.includes('ProposalResponsePayloads do not match')), refusal.details.join('; '));
    return { refusal: { ...refusal, details: refusal.details.length } };
  }),

  behaviour('endorsement.mismatch.private', 'different private values differ in their hashes: refused as well', async (world) => {
    const refusal = await world.refused('basic', 'fault:differentPrivate', ['guarded', world.key()], { endorsers: [ALPHA, BETA] });
    assert.ok(refusal.details.some((detail) => detail.includes('ProposalResponsePayloads do not match')), refusal.details.join('; '));
    return { refusal: { ...refusal, details: refusal.details.length } };
  }),

  behaviour('endorsement.single-difference', 'a chaincode that differs harms nobody where one endorsement suffices', async (world) => {
    await world.valid('open', 'fault:differentWrite', [world.key()]);
    return undefined;
  }),

  behaviour('endorsement.one-refuses', 'an organisation that refuses is replaced where the policy lets it', async (world) => {
    const key = world.key();
    const outcome = await world.valid('basic', 'fault:failAt', [BETA, key]);
    const transaction = await world.transaction(outcome);
    assert.equal(transaction.endorsed?.endorsements.length, 2);
    const all = await world.refused('strict', 'fault:failAt', [BETA, world.key()]);
    const own = await world.refused('basic', 'fault:failAt', [ALPHA, world.key()]);
    return { all, own };
  }),

  behaviour('endorsement.named-one-refuses', 'an organisation that refuses is not replaced where the client named it', async (world) => {
    const refusal = await world.refused('basic', 'fault:failAt', [BETA, world.key()], { endorsers: [ALPHA, BETA] });
    assert.equal(refusal.code, 10);
    return { refusal };
  }),

  behaviour('endorsement.policy.too-few', 'fewer endorsements than the policy asks for: ordered and invalid (10)', async (world) => {
    const key = world.key();
    const one = await world.submit('basic', 'state:put', [key, 'x'], { endorsers: [ALPHA] });
    const two = await world.submit('strict', 'state:put', [key, 'x'], { endorsers: [ALPHA, GAMMA] });
    assert.deepEqual([one.code, two.code], [10, 10]);
    assert.equal(await world.evaluate('basic', 'state:get', [key]), '');
    assert.equal(await world.evaluate('strict', 'state:get', [key]), '');
    const flags = decodeTransactions(await world.block(one.block)).find(({ txId }) => txId === one.txId)?.code;
    assert.equal(flags, 10);
    return undefined;
  }),

  behaviour('endorsement.policy.wrong-organisation', 'an endorsement of an organisation that the policy does not name: invalid (10)', async (world) => {
    const outcome = await world.valid('lone', 'state:put', [world.key(), 'x']);
    assert.equal(outcome.code, 0);
    return { refusal: await world.refused('lone', 'state:put', [world.key(), 'x'], { endorsers: [BETA] }) };
  }),

  behaviour('endorsement.tampered.results', 'results that were changed after the endorsement: invalid (10)', async (world) => {
    const key = world.key();
    const transaction = await world.endorse('basic', 'state:put', [key, 'honest']);
    const outcome = await tampered(world, transaction, (action) => {
      withOtherResults(action, (results) => Buffer.from(Buffer.from(results).toString('latin1').replace('honest', 'forged'), 'latin1'));
    });
    assert.equal(outcome.code, 10);
    assert.equal(await world.evaluate('basic', 'state:get', [key]), '');
    return undefined;
  }),

  behaviour('endorsement.tampered.signature', 'an endorsement with a broken signature does not count: invalid (10)', async (world) => {
    const transaction = await world.endorse('basic', 'state:put', [world.key(), 'x']);
    const outcome = await tampered(world, transaction, (action) => {
      const [first] = action.getAction()?.getEndorsementsList() ?? [];
      const signature = Buffer.from(first?.getSignature_asU8() ?? []);
      signature.writeUInt8(signature.readUInt8(signature.length - 1) ^ 1, signature.length - 1);
      first?.setSignature(signature);
    });
    assert.equal(outcome.code, 10);
    return undefined;
  }),

  behaviour('endorsement.tampered.repeated', 'the same endorsement twice counts once: invalid (10)', async (world) => {
    const transaction = await world.endorse('basic', 'state:put', [world.key(), 'x'], { endorsers: [ALPHA] });
    const outcome = await tampered(world, transaction, (action) => {
      const endorsed = action.getAction();
      const [only] = endorsed?.getEndorsementsList() ?? [];
      if (only !== undefined) {
        endorsed?.setEndorsementsList([only, only]);
      }
    });
    assert.equal(outcome.code, 10);
    return undefined;
  }),

  behaviour('endorsement.tampered.surplus', 'a broken endorsement beside enough good ones does no harm', async (world) => {
    const transaction = await world.endorse('basic', 'state:put', [world.key(), 'x'], { endorsers: [ALPHA, BETA, GAMMA] });
    const outcome = await tampered(world, transaction, (action) => {
      const [first] = action.getAction()?.getEndorsementsList() ?? [];
      first?.setSignature(Buffer.from('no signature'));
    });
    assert.equal(outcome.code, 0);
    return undefined;
  }),

  behaviour('endorsement.tampered.arguments', 'arguments that were changed after the endorsement: invalid', async (world) => {
    const transaction = await world.endorse('basic', 'state:put', [world.key(), 'x']);
    const outcome = await tampered(world, transaction, (action) => {
      action.setChaincodeProposalPayload(Buffer.from(Buffer.from(action.getChaincodeProposalPayload_asU8()).toString('latin1').replace('state:put', 'state:get'), 'latin1'));
    });
    assert.notEqual(outcome.code, 0);
    return { code: outcome.code };
  }),

  behaviour('endorsement.tampered.none', 'no endorsement at all: invalid', async (world) => {
    const transaction = await world.endorse('open', 'state:put', [world.key(), 'x']);
    const outcome = await tampered(world, transaction, (action) => { action.getAction()?.setEndorsementsList([]); });
    assert.notEqual(outcome.code, 0);
    return { code: outcome.code };
  }),

  behaviour('endorsement.creator-signature', 'an envelope whose creator’s signature is wrong is not ordered', async (world) => {
    const transaction = await world.endorse('basic', 'state:put', [world.key(), 'x']);
    const gateway = await world.clients.tester(ALPHA);
    const other = await world.network.user(BETA, 'tester');
    const signature = await signers.newPrivateKeySigner(other.privateKey)(transaction.getDigest());
    const refusal = await refusalOf(gateway.newSignedTransaction(transaction.getBytes(), signature).submit());
    return { refusal };
  }),

  behaviour('endorsement.transaction-id', 'a transaction id that is not made of nonce and creator: invalid (8)', async (world) => {
    const transaction = await world.endorse('basic', 'state:put', [world.key(), 'x']);
    const change = tampered(world, transaction, (_action, payload) => {
      const header = payload.getHeader();
      const channelHeader = common.ChannelHeader.deserializeBinary(header?.getChannelHeader_asU8() ?? new Uint8Array());
      channelHeader.setTxId('f'.repeat(64));
      header?.setChannelHeader(channelHeader.serializeBinary());
    });
    const { code } = await change;
    assert.equal(code, 8);
    return undefined;
  }),

  behaviour('endorsement.tampered.headers', 'a transaction with an epoch or without a nonce is invalid', async (world) => {
    const codeWith = async (change: (channelHeader: common.ChannelHeader, signatureHeader: common.SignatureHeader) => void): Promise<number> => {
      const outcome = await tampered(world, await world.endorse('open', 'state:put', [world.key(), 'x']), (_action, payload) => {
        const header = payload.getHeader();
        const channelHeader = common.ChannelHeader.deserializeBinary(header?.getChannelHeader_asU8() ?? new Uint8Array());
        const signatureHeader = common.SignatureHeader.deserializeBinary(header?.getSignatureHeader_asU8() ?? new Uint8Array());
        change(channelHeader, signatureHeader);
        header?.setChannelHeader(channelHeader.serializeBinary());
        header?.setSignatureHeader(signatureHeader.serializeBinary());
      });
      return outcome.code;
    };
    return { epoch: await codeWith((header) => { header.setEpoch(7); }), nonce: await codeWith((_header, header) => { header.setNonce(''); }) };
  }),

  behaviour('endorsement.tampered.chaincode', 'a transaction whose result names no chaincode, another one or no version is invalid', async (world) => {
    const codeWith = async (change: (action: peer.ChaincodeAction) => void): Promise<number> =>
      (await tampered(world, await world.endorse('open', 'state:put', [world.key(), 'x']), (action) => { withOtherAction(action, change); })).code;
    return {
      none: await codeWith((action) => { action.clearChaincodeId(); }),
      nameless: await codeWith((action) => { action.getChaincodeId()?.setName(''); }),
      other: await codeWith((action) => { action.getChaincodeId()?.setName('basic'); }),
      versionless: await codeWith((action) => { action.getChaincodeId()?.setVersion(''); }),
    };
  }),
];
