import { CollectionAccess } from './collection-access.js';
import { ORG1, ORG2 } from './testing/test-ledger.js';

const closed = { name: 'closed', isMember: (mspId: string) => mspId === ORG1, memberOnlyRead: true, memberOnlyWrite: true, blockToLive: 0 };
const accessOf = (creator?: string): CollectionAccess => new CollectionAccess('channel', () => closed, creator);

describe('a collection for members’ clients', () => {
  it.each([['a member', ORG1], ['the peer itself', undefined]])('is open to %s', (_who, creator) => {
    expect(() => { accessOf(creator).checkRead('cc', 'closed'); }).not.toThrow();
    expect(() => { accessOf(creator).checkWrite('cc', 'closed'); }).not.toThrow();
  });

  it('is closed to others', () => {
    expect(() => { accessOf(ORG2).checkRead('cc', 'closed'); }).toThrow('does not have read access permission');
    expect(() => { accessOf(ORG2).checkWrite('cc', 'closed'); }).toThrow('does not have write access permission');
  });
});
