import { status } from '@grpc/grpc-js';
import { peer } from '@hyperledger/fabric-protos';
import type { Peer } from '../peer/peer.js';
import type { UnpackedProposal } from '../transactions/proposal.js';
import { ask } from './endorsement-answer.js';

/** A peer whose chaincode answers with this status. */
function answering(code: number, payload = ''): Peer {
  const result = new peer.Response();
  result.setStatus(code);
  result.setMessage('so');
  const response = new peer.ProposalResponse();
  response.setResponse(result);
  response.setPayload(Buffer.from(payload));
  return { mspId: 'A', address: 'a:1', process: () => Promise.resolve({ kind: 'answered', response, interest: () => undefined }) } as unknown as Peer;
}

const proposal = {} as UnpackedProposal;

test.each([[200], [399]])('status %i is a result', async (code) => {
  expect(await ask(answering(code), proposal, 'A')).toMatchObject({ ok: true });
});

test.each([
  [100, '', status.UNKNOWN, 'chaincode response 100, so', false],
  [400, '', status.UNKNOWN, 'chaincode response 400, so', false],
  [500, 'x', status.UNKNOWN, 'chaincode response 500, so', false],
  // Without a payload the peer itself failed, and another may do better.
  [500, '', status.ABORTED, 'so', true],
])('status %i with payload %j is a failure', async (code, payload, expected, message, retry) => {
  expect(await ask(answering(code, payload), proposal, 'A')).toMatchObject({ ok: false, code: expected, retry, failure: { message } });
});
