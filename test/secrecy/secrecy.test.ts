import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { common } from '@hyperledger/fabric-protos';
import type { ClaimFile } from '@medaccord/domain';
import type { DemoFacts } from '../demo/facts.js';
import { GatewayClient } from '../demo/gateway-client.js';
import { runMainJob } from '../demo/main-job.js';
import { demoClaims, demoLateClaims } from '../fixtures/demo-claims.js';
import { demoStays } from '../fixtures/demo-stays.js';
import { demoDates } from '../fixtures/demo-dates.js';
import { startStoryStack, storyTimeoutMs, type StoryStack } from '../scenarios/story-stack.js';
import { contentSecrets, decisionSecrets, distinct, unsaltedDocuments } from './claim-secrets.js';
import { findSecrets, type Secret } from './findings.js';
import { lookAs, privateValues, publicBlocks } from './public-blocks.js';

let stack: StoryStack;
let facts: DemoFacts;
let secrets: Secret[];
let blocks: Uint8Array[];

const office = { mspId: 'ConsortiumMSP', domain: 'consortium.medaccord.example' };
const board = { mspId: 'LicensingBoardMSP', domain: 'licensing-board.medaccord.example' };
const hospital = { mspId: 'HospitalMSP', domain: 'hospital.medaccord.example' };

beforeAll(async () => {
  // Everything that a gateway would ever log is in the logs that are searched.
  process.env['MEDACCORD_LOG_LEVEL'] = 'debug';
  stack = await startStoryStack();
  facts = await runMainJob(stack.endpoints);
  secrets = await everySecret();
  blocks = await lookAs(stack.endpoints, office, (network) => publicBlocks(network, stack.endpoints.channel));
}, storyTimeoutMs);

afterAll(async () => {
  await stack.stop();
}, storyTimeoutMs);

async function everySecret(): Promise<Secret[]> {
  const dates = demoDates(new Date().toISOString().slice(0, 10));
  const denials = new GatewayClient(stack.endpoints, 'hospital', 'denials');
  const accepted = facts.claims.filter(({ outcome }) => outcome === 'ADJUDICATED' || outcome === 'PENDED');
  const files: ClaimFile[] = [];
  for (const { claimId } of accepted) files.push(await denials.get<ClaimFile>(`/v1/claims/${claimId ?? ''}`));
  return distinct([
    ...[...demoClaims(dates), ...demoStays(dates), ...demoLateClaims(dates)].flatMap(contentSecrets),
    ...facts.claims.flatMap(decisionSecrets),
    ...files.flatMap(unsaltedDocuments),
  ]);
}

/** The channel's configuration comes before any claim, and its limits are numbers too. */
function isConfiguration(block: Uint8Array): boolean {
  const [first] = common.Block.deserializeBinary(block).getData()?.getDataList_asU8() ?? [];
  const header = common.Payload.deserializeBinary(common.Envelope.deserializeBinary(first ?? new Uint8Array()).getPayload_asU8()).getHeader();
  return common.ChannelHeader.deserializeBinary(header?.getChannelHeader_asU8() ?? new Uint8Array()).getType() === common.HeaderType.CONFIG;
}

test('there is something to look for, and something to look at', () => {
  expect(new Set(secrets.map(({ what }) => what))).toEqual(
    new Set(['claim number', 'member id', 'name', 'birth date', 'diagnosis', 'procedure', 'amount', 'claim id', 'status', 'reason', ...['claim', 'adjudication', 'eob', 'payment', 'reversal'].map((kind) => `unsalted ${kind}`)]),
  );
  expect(blocks.filter((block) => !isConfiguration(block)).length).toBeGreaterThan(10);
});

test('no block shows anything of a claim, in any layer and encoding', () => {
  const findings = blocks.flatMap((block, number) => (isConfiguration(block) ? [] : findSecrets(secrets, `block ${number}`, block)));
  expect(findings).toEqual([]);
});

test('no log shows anything of a claim', async () => {
  const folder = join(stack.directory, 'logs');
  const findings = (await readdir(folder)).map(async (file) => findSecrets(secrets, file, await readFile(join(folder, file))));
  expect((await Promise.all(findings)).flat()).toEqual([]);
});

test('no name or label of a metric shows anything of a claim', async () => {
  for (const [name, { url }] of Object.entries(stack.endpoints.gateways)) {
    const metrics = await (await fetch(`${url}/metrics`)).text();
    const labels = metrics.split('\n').filter((line) => !line.startsWith('#')).map((line) => line.slice(0, line.lastIndexOf(' ')).replace(/le="[^"]*"/, ''));
    expect(labels.length).toBeGreaterThan(10);
    expect(findSecrets(secrets, name, Buffer.from(labels.join('\n')))).toEqual([]);
  }
});

test.each([['the consortium office', office], ['the licensing board', board]])('the peer of %s holds no private document', async (_name, onlooker) => {
  expect(await lookAs(stack.endpoints, onlooker, (network) => privateValues(network, blocks.length))).toBe(0);
});

test('the peer of the hospital does, so that the test above means something', async () => {
  expect(await lookAs(stack.endpoints, hospital, (network) => privateValues(network, blocks.length))).toBeGreaterThan(5);
});
