import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryFolder } from '../identities/testing/temporary-folder.js';
import { ConfigurationError, type ConfigurationIssue, loadConsortium, parseConsortium } from './index.js';
import { refusal } from '../identities/testing/refusal.js';

const GOOD = {
  channel: 'ward',
  organisations: [
    { name: 'ward', mspId: 'WardMSP', domain: 'ward.example', users: [{ name: 'clerk', attributes: { desk: '7' } }], peers: 2 },
    { name: 'clinic', mspId: 'ClinicMSP', domain: 'clinic.example' },
  ],
  chaincodes: [{ name: 'desk', version: '1.0+abc', sequence: 1, endorsementPolicy: "OR('WardMSP.peer')", installedAt: ['WardMSP'], collections: [{ name: 'drawer', policy: "OR('WardMSP.member')" }] }],
  ordering: { maxMessageCount: 10, preferredMaxBytes: 1000, batchTimeoutMs: 20 },
};

function issuesOf(change: (config: Record<string, never>) => void): readonly Pick<ConfigurationIssue, 'code' | 'path'>[] {
  const config = structuredClone(GOOD) as unknown as Record<string, never>;
  change(config);
  try {
    parseConsortium(JSON.stringify(config));
  } catch (error) {
    return error instanceof ConfigurationError ? error.issues.map(({ code, path }) => ({ code, path })) : [];
  }
  return [];
}

/** Sets a value deep in the configuration; undefined removes it. */
function setting(path: string, value: unknown): (config: Record<string, never>) => void {
  return (config) => {
    const steps = path.split('.');
    const last = steps.pop() ?? '';
    const target = steps.reduce<Record<string, unknown>>((current, step) => current[step] as Record<string, unknown>, config);
    if (value === undefined) {
      Reflect.deleteProperty(target, last);
    } else {
      target[last] = value;
    }
  };
}

describe('the consortium file', () => {
  test('reads JSON and fills in what may be left out', () => {
    const config = parseConsortium(JSON.stringify(GOOD));
    expect(config.organisations[1]).toEqual({ name: 'clinic', mspId: 'ClinicMSP', domain: 'clinic.example', users: [], peers: 1 });
    expect(config.chaincodes[0]?.collections[0]).toEqual({ name: 'drawer', policy: "OR('WardMSP.member')", requiredPeerCount: 0, maxPeerCount: 1, blockToLive: 0, memberOnlyRead: false, memberOnlyWrite: false });
  });

  test('reads YAML from a file', async () => {
    const folder = await temporaryFolder();
    const path = join(folder.path, 'consortium.yaml');
    await writeFile(path, "channel: ward\norganisations: [{ name: ward, mspId: WardMSP, domain: ward.example }]\nchaincodes: []\nordering: { maxMessageCount: 1, preferredMaxBytes: 1, batchTimeoutMs: 1 }\n");
    expect((await loadConsortium(path)).channel).toBe('ward');
    await folder.remove();
    await expect(loadConsortium(path)).rejects.toMatchObject({ issues: [{ code: 'FILE_UNREADABLE' }] });
  });

  test('the consortium of this repository is valid', async () => {
    const config = await loadConsortium(join(import.meta.dirname, '../../../fabric-config/consortium.yaml'));
    expect(config.organisations.length).toBeGreaterThan(0);
  });

  test.each([
    ['channel', undefined, 'MISSING', 'channel'],
    ['channel', 'Ward', 'BAD_NAME', 'channel'],
    ['organisations', {}, 'WRONG_TYPE', 'organisations'],
    ['organisations.0.mspId', 7, 'WRONG_TYPE', 'organisations[0].mspId'],
    ['organisations.0.domain', 'no domain', 'BAD_NAME', 'organisations[0].domain'],
    ['organisations.0.peers', 0, 'OUT_OF_RANGE', 'organisations[0].peers'],
    ['organisations.0.colour', 'red', 'UNKNOWN_FIELD', 'organisations[0].colour'],
    ['organisations.0.users.0.attributes', { desk: 7 }, 'WRONG_TYPE', 'organisations[0].users[0].attributes.desk'],
    ['organisations.0.users.0.name', 'Admin', 'DUPLICATE', 'organisations[0].users[0].name'],
    ['organisations.1.mspId', 'WardMSP', 'DUPLICATE', 'organisations[1].mspId'],
    ['chaincodes.0.endorsementPolicy', "AND('WardMSP.peer'", 'BAD_POLICY', 'chaincodes[0].endorsementPolicy'],
    ['chaincodes.0.endorsementPolicy', "OR('OtherMSP.peer')", 'UNKNOWN_ORGANISATION', 'chaincodes[0].endorsementPolicy'],
    ['chaincodes.0.installedAt', ['OtherMSP'], 'UNKNOWN_ORGANISATION', 'chaincodes[0].installedAt[0]'],
    ['chaincodes.0.collections.0.name', '_implicit', 'BAD_NAME', 'chaincodes[0].collections[0].name'],
    ['chaincodes.0.collections.0.maxPeerCount', -1, 'OUT_OF_RANGE', 'chaincodes[0].collections[0].maxPeerCount'],
    ['chaincodes.0.collections.0.endorsementPolicy', {}, 'BAD_POLICY', 'chaincodes[0].collections[0].endorsementPolicy'],
    ['ordering.batchTimeoutMs', 1.5, 'WRONG_TYPE', 'ordering.batchTimeoutMs'],
  ])('%s = %j: %s at %s', (path, value, code, at) => {
    expect(issuesOf(setting(path, value))).toContainEqual({ code, path: at });
  });

  test('tells every fault at once', () => {
    const issues = issuesOf((config) => { setting('channel', undefined)(config); setting('ordering', undefined)(config); });
    expect(issues.map(({ path }) => path)).toEqual(expect.arrayContaining(['channel', 'ordering']));
  });

  test('says where the syntax is wrong', () => {
    expect(() => parseConsortium('channel: [')).toThrow(refusal('CONFIGURATION_INVALID', /at line 1.*\[SYNTAX\]/s));
  });
});
