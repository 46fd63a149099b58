import { fileURLToPath } from 'node:url';
import { EndorseError, type Contract } from '@hyperledger/fabric-gateway';
import type { Standing } from '@medaccord/domain';
import { foundConsortium, licencePath, registerClinicians } from '../demo/found-consortium.js';
import { peopleOf, type People } from '../demo/people.js';
import { demoSuspension } from '../fixtures/demo-consortium-data.js';
import { demoDates } from '../fixtures/demo-dates.js';
import { demoClinicians } from '../fixtures/demo-registry.js';
import { lookAs } from '../secrecy/public-blocks.js';
import { startStoryStack, storyTimeoutMs, type StoryStack } from './story-stack.js';

const dates = demoDates(new Date().toISOString().slice(0, 10));
const { blake } = demoClinicians(dates);
const forged = { ...blake.licence, number: 'FORGED-1' };
const everybody = ['InsurerMSP', 'HospitalMSP', 'ConsortiumMSP'];
/** Fabric's TxValidationCode. */
const ENDORSEMENT_POLICY_FAILURE = 10;

let stack: StoryStack;
let people: People;

beforeAll(async () => {
  stack = await startStoryStack({ chaincode: fileURLToPath(new URL('./patched/hospital-as-board.js', import.meta.url)) });
  people = peopleOf(stack.endpoints);
  await foundConsortium(people);
  await registerClinicians(people, dates);
}, storyTimeoutMs);

afterAll(async () => {
  await stack.stop();
}, storyTimeoutMs);

/** What the peers say to the hospital's own client, which asks them past its gateway: the refusal, or the validation code of the block. */
async function attempt(transaction: string, request: object, { endorsers, asBoard }: { readonly endorsers: readonly string[]; readonly asBoard: boolean }): Promise<string | number> {
  const options = { arguments: [JSON.stringify(request)], endorsingOrganizations: [...endorsers], ...(asBoard ? { transientData: { 'as-board': 'yes' } } : {}) };
  return lookAs(stack.endpoints, { mspId: 'HospitalMSP', domain: 'hospital.medaccord.example' }, async (network) => sent(network.getContract('registry'), transaction, options));
}

async function sent(registry: Contract, transaction: string, options: Parameters<Contract['newProposal']>[1]): Promise<string | number> {
  try {
    const endorsed = await registry.newProposal(transaction, options).endorse();
    return (await (await endorsed.submit()).getStatus()).code;
  } catch (error) {
    if (!(error instanceof EndorseError)) throw error;
    return error.details.map(({ message }) => message).join();
  }
}

const issueForged = { items: [{ actionId: 'ab'.repeat(16), licence: forged, effectiveFrom: dates.start, status: 'ACTIVE' }] };
const forgedOrder = { items: [demoSuspension(dates)] };

async function untouched(): Promise<void> {
  await expect(people.denials.get(licencePath(forged))).rejects.toMatchObject({ problem: { status: 404, code: 'LICENCE_NOT_FOUND' } });
  expect(await people.denials.get<Standing>(`${licencePath(blake.licence)}/standing?asOf=${dates.today}`)).toMatchObject({ authority: 'FULL', provenance: [expect.any(String)] });
}

// Golden scenario (m)
test.each([
  ['a licence of the board', 'issueLicences', issueForged],
  ['an order against a licence of the board', 'recordBoardOrders', forgedOrder],
] as const)('a hospital that would write %s is refused by the chaincode', async (_, transaction, request) => {
  expect(await attempt(transaction, request, { endorsers: everybody, asBoard: false })).toContain('FORBIDDEN_ORGANISATION');
  await untouched();
}, storyTimeoutMs);

test.each([
  ['a licence of the board', 'issueLicences', issueForged],
  ['an order against a licence of the board', 'recordBoardOrders', forgedOrder],
] as const)('whose peers are patched to write %s finds nobody to endorse it, and its own endorsement does not count', async (_, transaction, request) => {
  expect(await attempt(transaction, request, { endorsers: everybody, asBoard: true })).toContain('FORBIDDEN_ORGANISATION');
  expect(await attempt(transaction, request, { endorsers: ['HospitalMSP'], asBoard: true })).toBe(ENDORSEMENT_POLICY_FAILURE);
  await untouched();
}, storyTimeoutMs);

test('the board itself still writes its own', async () => {
  const { outcomes } = await people.registrar.post<{ outcomes: readonly object[] }>('/v1/licences', { items: [{ ...issueForged.items[0], actionId: 'cd'.repeat(16) }] });
  expect(outcomes).toMatchObject([{ outcome: 'ISSUED' }]);
}, storyTimeoutMs);
