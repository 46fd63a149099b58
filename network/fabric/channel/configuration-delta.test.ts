import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { common } from '@hyperledger/fabric-protos';
import fc from 'fast-check';
import { optionalProgram } from '../binaries/find-binaries.js';
import { FabricError } from '../fabric-error.js';
import { fabricHere } from '../testing/fabric-here.js';
import { configurationDelta } from './configuration-delta.js';

/** A configuration group as a plain tree, for tests. */
interface Tree {
  readonly version: number;
  readonly modPolicy: string;
  readonly values: Readonly<Record<string, Leaf>>;
  readonly policies: Readonly<Record<string, Leaf>>;
  readonly groups: Readonly<Record<string, Tree>>;
}

interface Leaf {
  readonly version: number;
  readonly modPolicy: string;
  readonly content: string;
}

function toGroup(tree: Tree): common.ConfigGroup {
  const group = new common.ConfigGroup();
  group.setVersion(tree.version);
  group.setModPolicy(tree.modPolicy);
  for (const [name, leaf] of Object.entries(tree.values)) {
    const value = new common.ConfigValue();
    value.setVersion(leaf.version);
    value.setModPolicy(leaf.modPolicy);
    value.setValue(Buffer.from(leaf.content));
    group.getValuesMap().set(name, value);
  }
  for (const [name, leaf] of Object.entries(tree.policies)) {
    const content = new common.Policy();
    content.setType(1);
    content.setValue(Buffer.from(leaf.content));
    const policy = new common.ConfigPolicy();
    policy.setVersion(leaf.version);
    policy.setModPolicy(leaf.modPolicy);
    policy.setPolicy(content);
    group.getPoliciesMap().set(name, policy);
  }
  for (const [name, child] of Object.entries(tree.groups)) group.getGroupsMap().set(name, toGroup(child));
  return group;
}

function config(tree: Tree): common.Config {
  const result = new common.Config();
  result.setChannelGroup(toGroup(tree));
  return result;
}

const leaf = (content: string, version = 0, modPolicy = 'Admins'): Leaf => ({ content, version, modPolicy });
const tree = (parts: Partial<Tree> = {}): Tree => ({ version: 0, modPolicy: 'Admins', values: {}, policies: {}, groups: {}, ...parts });

describe('configuration delta', () => {
  const a = tree({ values: { MSP: leaf('a', 4) }, policies: { Admins: leaf('rule', 1) } });
  const b = tree({ version: 3 });
  const channel = (members: Tree['groups']): Tree => tree({ version: 2, values: { Capabilities: leaf('V3') }, groups: { Application: tree({ version: 1, groups: members }) } });
  const original = channel({ a, b });

  test('a changed value is written with the next version, and nothing else of its groups is named', () => {
    const delta = configurationDelta('ch', config(original), config(channel({ a: { ...a, values: { MSP: leaf('other', 4) } }, b })));
    const [read, written] = [delta.getReadSet()?.toObject(), delta.getWriteSet()?.toObject()];
    const element = { modPolicy: '', policiesMap: [], valuesMap: [], groupsMap: [] };
    const value = { version: 5, modPolicy: 'Admins', value: Buffer.from('other').toString('base64') };
    const around = (member: object): object => ({ ...element, version: 2, groupsMap: [['Application', { ...element, version: 1, groupsMap: [['a', member]] }]] });
    expect(read).toEqual(around({ ...element, version: 0 }));
    expect(written).toEqual(around({ ...element, version: 0, valuesMap: [['MSP', value]] }));
  });

  test('a new member of a group raises the version of the group, which then names all its members', () => {
    const joined = channel({ a, b, c: tree({ version: 9, values: { MSP: leaf('c', 7) } }) });
    const application = configurationDelta('ch', config(original), config(joined)).getWriteSet()?.getGroupsMap().get('Application');
    const versionOf = (name: string): number | undefined => application?.getGroupsMap().get(name)?.getVersion();
    expect(application?.getVersion()).toBe(2);
    expect(application?.getModPolicy()).toBe('Admins');
    expect([versionOf('a'), versionOf('b'), versionOf('c')]).toEqual([0, 3, 0]);
    expect(application?.getGroupsMap().get('c')?.getValuesMap().get('MSP')?.getVersion()).toBe(0);
  });

  test('no change is refused', () => {
    expect(() => configurationDelta('ch', config(original), config(original))).toThrow(expect.objectContaining({ code: 'CONFIGURATION_UNCHANGED' }) as Error);
  });

  test('a configuration without a channel group is refused', () => {
    expect(() => configurationDelta('ch', new common.Config(), config(original))).toThrow(expect.objectContaining({ code: 'CONFIGURATION_INVALID' }) as Error);
  });
});

const binaries = await fabricHere();
const configtxlator = binaries === undefined ? undefined : await optionalProgram(binaries, 'configtxlator');
const withOracle = configtxlator === undefined ? describe.skip : describe;

withOracle("configuration delta against Fabric's own tool", () => {
  let directory: string;
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'medaccord-delta-'));
  });
  afterAll(async () => {
    await rm(directory, { recursive: true, force: true });
  });

  /** What `configtxlator` computes; undefined where it sees no difference. */
  async function oracle(original: common.Config, updated: common.Config): Promise<common.ConfigUpdate.AsObject | undefined> {
    const [before, after, output] = ['before', 'after', 'output'].map((name) => join(directory, name)) as [string, string, string];
    await writeFile(before, original.serializeBinary());
    await writeFile(after, updated.serializeBinary());
    try {
      await promisify(execFile)(configtxlator ?? '', ['compute_update', '--channel_id', 'ch', '--original', before, '--updated', after, '--output', output]);
    } catch (error) {
      if (String(error).includes('no differences detected')) return undefined;
      throw error;
    }
    return common.ConfigUpdate.deserializeBinary(await readFile(output)).toObject();
  }

  function own(original: common.Config, updated: common.Config): common.ConfigUpdate.AsObject | undefined {
    try {
      return common.ConfigUpdate.deserializeBinary(configurationDelta('ch', original, updated).serializeBinary()).toObject();
    } catch (error) {
      if (error instanceof FabricError && error.code === 'CONFIGURATION_UNCHANGED') return undefined;
      throw error;
    }
  }

  const names = fc.constantFrom('A', 'B', 'C');
  const leaves = fc.dictionary(names, fc.record({ version: fc.nat(2), modPolicy: fc.constantFrom('Admins', '/Channel/Application/Admins'), content: fc.constantFrom('x', 'y') }), { noNullPrototype: true });
  const trees = fc.letrec<{ tree: Tree }>((tie) => ({
    tree: fc.record({
      version: fc.nat(2),
      modPolicy: fc.constantFrom('Admins', 'Others'),
      values: leaves,
      policies: leaves,
      groups: fc.oneof({ maxDepth: 2 }, fc.constant({}), fc.dictionary(names, tie('tree'), { maxKeys: 2, noNullPrototype: true })),
    }),
  })).tree;

  test('gives the same update for any two configurations', async () => {
    await fc.assert(
      fc.asyncProperty(trees, trees, fc.boolean(), async (one, other, alike) => {
        const [original, updated] = [config(one), config(alike ? { ...one, values: other.values } : other)];
        expect(own(original, updated)).toEqual(await oracle(original, updated));
      }),
      { numRuns: 60 },
    );
  }, 60_000);
});
