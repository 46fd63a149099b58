import type { Peer } from '../peer/peer.js';
import { PeerDirectory } from './peer-directory.js';

const peer = (mspId: string, height: number, ...chaincodes: readonly string[]): Peer =>
  ({ mspId, height, has: (name: string) => chaincodes.includes(name) }) as unknown as Peer;

test('peers that run a chaincode: the own one first, then those that are furthest', () => {
  const [own, behind, ahead, without] = [peer('Own', 3, 'cc'), peer('Behind', 2, 'cc'), peer('Ahead', 9, 'cc'), peer('Without', 9)];
  const directory = new PeerDirectory(own, [behind, own, without, ahead]);
  expect(directory.withChaincode('cc').map(({ mspId }) => mspId)).toEqual(['Own', 'Ahead', 'Behind']);
  expect(directory.find('Ahead', 'cc')).toBe(ahead);
  expect(directory.find('Without', 'cc')).toBeUndefined();
});
