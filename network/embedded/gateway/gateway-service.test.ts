import { EndorseError, GatewayError } from '@hyperledger/fabric-gateway';
import type { Contract } from '@hyperledger/fabric-gateway';
import { status } from '@grpc/grpc-js';
import { chaincode, consortium, mspOf, TestNetwork, text } from '../testing/test-network.js';

const [A, B, C] = ['a', 'b', 'c'].map(mspOf) as [string, string, string];
const [onlyAtB, onlyAtC] = [`_implicit_org_${B}`, `_implicit_org_${C}`];

let net: TestNetwork;
let contract: Contract;

beforeAll(async () => {
  const chaincodes = [
    chaincode('generic'),
    chaincode('every', { endorsementPolicy: `AND('${A}.peer','${B}.peer','${C}.peer')` }),
    chaincode('remote', { installedAt: [B], endorsementPolicy: `OR('${B}.peer')` }),
  ];
  net = await TestNetwork.start(consortium(['a', 'b', 'c'], chaincodes));
  contract = await net.contract(A, 'generic');
});

afterAll(() => net.close());

async function failure(work: Promise<unknown>): Promise<GatewayError> {
  const outcome: unknown = await work.catch((cause: unknown) => cause);
  if (outcome instanceof GatewayError) return outcome;
  throw new Error(`expected a gateway error, got ${String(outcome)}`);
}

describe('submit and evaluate', () => {
  test('a transaction commits and is read by every organisation', async () => {
    expect(text(await contract.submitTransaction('put', 'shared', 'value'))).toBe('shared');
    for (const mspId of [A, B, C]) {
      const evaluated = await (await net.contract(mspId, 'generic')).evaluateTransaction('get', 'shared');
      expect(text(evaluated)).toBe('value');
    }
  });

  test('evaluate runs at a named organisation only', async () => {
    const options = { arguments: ['shared'], endorsingOrganizations: [B] };
    await contract.submitTransaction('put', 'shared', 'value');
    expect(text(await contract.evaluate('get', options))).toBe('value');
    const unknown = await failure(contract.evaluate('get', { arguments: ['x'], endorsingOrganizations: ['NobodyMSP'] }));
    expect(unknown).toMatchObject({ code: status.FAILED_PRECONDITION });
    expect(unknown.message).toContain('no peers available to evaluate chaincode generic in channel testing');
  });

  test('a chaincode that the own organisation does not run is reached at another one', async () => {
    const remote = await net.contract(A, 'remote');
    await remote.submitTransaction('put', 'k', 'v');
    expect(text(await remote.evaluateTransaction('get', 'k'))).toBe('v');
  });

  test('with transient data it is not, unless the client names the organisation', async () => {
    const remote = await net.contract(A, 'remote');
    const transientData = { value: 'secret' };
    const refused = await failure(remote.submit('putPrivate', { arguments: [`_implicit_org_${B}`, 'k'], transientData }));
    expect(refused).toMatchObject({ code: status.FAILED_PRECONDITION });
    await remote.submit('putPrivate', { arguments: [`_implicit_org_${B}`, 'k'], transientData, endorsingOrganizations: [B] });
    const readBack = await failure(remote.evaluate('getPrivate', { arguments: [`_implicit_org_${B}`, 'k'], transientData }));
    expect(readBack.message).toContain("no endorsers found in the gateway's organization");
  });
});

describe('chaincode errors', () => {
  test('a submitted one is ABORTED and names peer, organisation and message', async () => {
    const error = await failure(contract.submitTransaction('fail', 'MY_CODE'));
    expect(error).toBeInstanceOf(EndorseError);
    expect(error).toMatchObject({ code: status.ABORTED });
    const address = net.network.peers[A]?.endpoint;
    expect(error.details).toEqual([{ address, mspId: A, message: 'chaincode response 500, MY_CODE' }]);
  });

  test('an evaluated one is UNKNOWN', async () => {
    const error = await failure(contract.evaluateTransaction('fail', 'MY_CODE'));
    expect(error).toMatchObject({ code: status.UNKNOWN });
    expect(error.message).toContain('evaluate call to endorser returned error: chaincode response 500, MY_CODE');
  });

  test('results that differ between organisations are no transaction', async () => {
    const error = await failure(contract.submit('whereAmI', { endorsingOrganizations: [A, B] }));
    expect(error).toMatchObject({ code: status.ABORTED });
    expect(error.message).toContain('failed to collect enough transaction endorsements');
    expect(error.details.map(({ message }) => message)).toEqual(['ProposalResponsePayloads do not match']);
  });

  test('an unknown chaincode is FAILED_PRECONDITION', async () => {
    const unknown = await net.contract(A, 'nothing');
    expect(await failure(unknown.submitTransaction('put', 'k', 'v'))).toMatchObject({ code: status.FAILED_PRECONDITION });
    expect(await failure(unknown.evaluateTransaction('get', 'k'))).toMatchObject({ code: status.FAILED_PRECONDITION });
  });
});

describe('plans', () => {
  test('every organisation that the policy asks for endorses', async () => {
    await expect((await net.contract(B, 'every')).submitTransaction('put', 'k', 'v')).resolves.toBeDefined();
  });

  test('transient data goes to no organisation outside the written collections', async () => {
    const options = { arguments: [onlyAtB, onlyAtC, 'k'], transientData: { value: 'secret' } };
    const error = await failure(contract.submit('putPrivateTwice', options));
    expect(error).toMatchObject({ code: status.FAILED_PRECONDITION });
    expect(error.message).toContain('requires endorsement from organisation(s) that are not in the distribution policy');
    await expect(contract.submit('putPrivateTwice', { ...options, endorsingOrganizations: [B, C] })).resolves.toBeDefined();
  });

  test('named organisations that nobody runs are UNAVAILABLE', async () => {
    const error = await failure(contract.submit('put', { arguments: ['k', 'v'], endorsingOrganizations: ['NobodyMSP'] }));
    expect(error).toMatchObject({ code: status.UNAVAILABLE });
    expect(error.message).toContain('failed to find any endorsing peers for org(s): NobodyMSP');
  });
});

test('8 MB come back whole', async () => {
  expect((await contract.evaluateTransaction('large', '8')).length).toBe(8 * 1024 * 1024);
});

test('an envelope that was sent twice is committed once and marked the second time', async () => {
  const transaction = await contract.newProposal('put', { arguments: ['once', 'v'] }).endorse();
  const first = await transaction.submit();
  expect((await first.getStatus()).successful).toBe(true);
  const height = net.network.ledger.chainInfo(A).height;
  await transaction.submit();
  await net.network.ledger.whenCommitted(A, height);
  const block = await net.network.ledger.blockByNumber(A, height);
  expect(block?.getMetadata()?.getMetadataList_asU8()[2]).toEqual(Uint8Array.of(9));
});
