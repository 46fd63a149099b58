import { peer } from '@hyperledger/fabric-protos';
import { temporaryFolder } from '../../identities/testing/temporary-folder.js';
import { encodeApplicationPolicy } from './application-policy.js';
import { MESSAGE, signedBy, testChannel, type TestChannel } from './testing/channel.js';
import { SignaturePolicy } from './signature-policy.js';
import { refusal } from '../../identities/testing/refusal.js';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let channel: TestChannel;
beforeAll(async () => {
  folder = await temporaryFolder();
  channel = await testChannel(folder.path, 'A', 'B', 'C', 'D');
});
afterAll(() => folder.remove());

const refused = (message: string): Error => refusal('POLICY_NOT_SATISFIED', message);
const application = (text: string): Uint8Array => encodeApplicationPolicy(text).serializeBinary();

describe('channel policies', () => {
  test('a majority of organisations is more than half', async () => {
    const path = '/Channel/Application/Endorsement';
    const three = await channel.endorsements('AMSP', 'BMSP', 'DMSP');
    expect(() => { channel.membership.checkPolicy(path, three); }).not.toThrow();
    const two = await channel.endorsements('AMSP', 'BMSP');
    expect(() => { channel.membership.checkPolicy(path, two); })
      .toThrow(refused("implicit policy evaluation failed - 2 sub-policies were satisfied, but this policy requires 3 of the 'Endorsement' sub-policies to be satisfied"));
  });

  test('writers are clients and admins; readers are peers too; nobody else is an admin', async () => {
    const allowed = async (who: 'peer' | 'admin' | 'client', policy: string): Promise<boolean> => {
      try {
        channel.membership.checkPolicy(policy, [signedBy(await channel[who]('AMSP'))]);
        return true;
      } catch {
        return false;
      }
    };
    const outcomes = await Promise.all((['client', 'admin', 'peer'] as const).map(async (who) => [
      who, await allowed(who, '/Channel/Application/Writers'), await allowed(who, '/Channel/Application/Readers'), await allowed(who, '/Channel/Application/AMSP/Admins'),
    ]));
    expect(outcomes).toEqual([['client', true, true, false], ['admin', true, true, true], ['peer', false, true, false]]);
  });

  test('a policy that is not defined refuses everybody', async () => {
    const all = await channel.endorsements(...channel.mspIds);
    expect(() => { channel.membership.checkPolicy('/Channel/Application/Nobody', all); }).toThrow(refused("no such policy: '/Channel/Application/Nobody'"));
  });

  test('wrong signatures, repetitions and foreign certificates do not count', async () => {
    const [a, b, c] = await channel.endorsements('AMSP', 'BMSP', 'CMSP');
    const check = (...signatures: (typeof a)[]) => () => { channel.membership.checkPolicy('/Channel/Application/Endorsement', signatures.filter((one) => one !== undefined)); };
    expect(check(a, b, c)).not.toThrow();
    expect(check(a, b, b)).toThrow();
    expect(check(a, b, a && { ...a, identity: c?.identity ?? MESSAGE })).toThrow();
    expect(check(a, b, c && { ...c, data: Buffer.from('something else') })).toThrow();
  });
});

describe('application policies', () => {
  test('are a signature policy or a reference to a channel policy', async () => {
    const endorsements = await channel.endorsements('AMSP', 'BMSP', 'CMSP');
    for (const text of ["AND('AMSP.peer','CMSP.peer')", '/Channel/Application/Endorsement']) {
      expect(() => { channel.membership.checkApplicationPolicy(application(text), endorsements); }).not.toThrow();
      expect(() => { channel.membership.checkApplicationPolicy(application(text), endorsements.slice(0, 2)); }).toThrow();
    }
  });

  test('a reference to nothing, an empty policy and other bytes are refused', () => {
    const code = (bytes: Uint8Array) => () => { channel.membership.checkApplicationPolicy(bytes, []); };
    expect(code(application('/Channel/Application/Nobody'))).toThrow(refusal('POLICY_UNKNOWN'));
    expect(code(new peer.ApplicationPolicy().serializeBinary())).toThrow(refusal('POLICY_INVALID'));
    expect(code(Buffer.from([0xff, 0xff]))).toThrow(refusal('POLICY_INVALID'));
  });

  test('a key’s policy is a bare signature policy; one wrapped as a chaincode’s closes the key for good', async () => {
    const all = await channel.endorsements(...channel.mspIds);
    const bare = SignaturePolicy.parse("AND('AMSP.peer','BMSP.peer')").toSignaturePolicy().serializeBinary();
    expect(() => { channel.membership.checkKeyPolicy(bare, all); }).not.toThrow();
    expect(() => { channel.membership.checkKeyPolicy(bare, all.slice(1)); }).toThrow();
    expect(() => { channel.membership.checkKeyPolicy(application("AND('AMSP.peer','BMSP.peer')"), all); }).toThrow(refusal('POLICY_INVALID'));
  });
});

describe('whom to ask for an endorsement', () => {
  test('every smallest set of organisations that meets all policies', () => {
    expect(channel.membership.endorsementPlans({ application: [application("OR('BMSP.peer',AND('AMSP.peer','CMSP.peer'))")] }, channel.mspIds))
      .toEqual([['BMSP'], ['AMSP', 'CMSP']]);
    const majority = application('/Channel/Application/Endorsement');
    expect(channel.membership.endorsementPlans({ application: [majority] }, channel.mspIds)).toEqual([
      ['AMSP', 'BMSP', 'CMSP'], ['AMSP', 'BMSP', 'DMSP'], ['AMSP', 'CMSP', 'DMSP'], ['BMSP', 'CMSP', 'DMSP'],
    ]);
    expect(channel.membership.endorsementPlans({ application: [majority, application("OR('DMSP.member')")] }, channel.mspIds)[0]).toEqual(['AMSP', 'BMSP', 'DMSP']);
  });

  test('a key’s policy counts with the chaincode’s', () => {
    const key = SignaturePolicy.parse("AND('CMSP.peer','DMSP.peer')").toSignaturePolicy().serializeBinary();
    expect(channel.membership.endorsementPlans({ application: [application("OR('AMSP.peer')")], key: [key] }, channel.mspIds)).toEqual([['AMSP', 'CMSP', 'DMSP']]);
  });

  test('none where no peers could meet them', () => {
    expect(channel.membership.endorsementPlans({ application: [application("OR('AMSP.admin')")] }, channel.mspIds)).toEqual([]);
    expect(channel.membership.endorsementPlans({ application: [application("OR('AMSP.peer')")] }, ['BMSP'])).toEqual([]);
    expect(channel.membership.satisfiedByPeers(application("OR('AMSP.peer')"), ['AMSP'])).toBe(true);
  });

  test('with twenty organisations, a majority is still found, in the order of preference', () => {
    const names = Array.from({ length: 20 }, (_, index) => `Org${index}`);
    const policy = `OutOf(11, ${names.map((name) => `'${name}.peer'`).join(', ')})`;
    const [first, ...others] = channel.membership.endorsementPlans({ application: [application(policy)] }, names);
    expect(first).toEqual(names.slice(0, 11));
    expect(others).toHaveLength(19);
  });
});
