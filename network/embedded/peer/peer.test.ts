import type { UnpackedProposal } from '../transactions/proposal.js';
import type { PeerOptions } from './peer.js';
import { Peer } from './peer.js';

test('a peer that was stopped runs nothing and answers nothing', async () => {
  const peer = new Peer({
    mspId: 'A', chaincodes: { has: () => true }, endorser: { process: () => Promise.resolve({ kind: 'refused', message: 'asked' }) },
  } as unknown as PeerOptions);
  const proposal = {} as UnpackedProposal;
  expect([peer.has('cc'), await peer.process(proposal)]).toEqual([true, { kind: 'refused', message: 'asked' }]);
  peer.running = false;
  peer.address = 'a:1';
  expect([peer.has('cc'), await peer.process(proposal)]).toEqual([false, { kind: 'unavailable', message: 'rpc error: code = Unavailable desc = connection error: a:1 refuses connections' }]);
});
