import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { execFile } from 'node:child_process';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { repositoryRoot } from './repository.js';

const run = promisify(execFile);

/** Lays out a house of the given files with the real rules and returns the names of the rules that fire. */
async function violations(files: Readonly<Record<string, string>>): Promise<string[]> {
  const house = await mkdtemp(join(tmpdir(), 'medaccord-layers-'));
  try {
    await cp(join(repositoryRoot, '.config'), join(house, '.config'), { recursive: true });
    await symlink(join(repositoryRoot, 'node_modules'), join(house, 'node_modules'));
    for (const [path, content] of Object.entries(files)) {
      await mkdir(join(house, dirname(path)), { recursive: true });
      await writeFile(join(house, path), content);
    }
    const depcruise = join(repositoryRoot, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs');
    const args = [depcruise, '--config', '.config/dependency-cruiser.cjs', '--output-type', 'json', ...new Set(Object.keys(files).map((path) => path.split('/')[0] ?? path))];
    const { stdout } = await run(process.execPath, args, { cwd: house, maxBuffer: 2 ** 26 }).catch((error: unknown) => error as { stdout: string });
    const report = JSON.parse(stdout) as { summary: { violations: { rule: { name: string } }[] } };
    return [...new Set(report.summary.violations.map((violation) => violation.rule.name))].sort();
  } finally {
    await rm(house, { recursive: true });
  }
}

const empty = 'export const nothing = undefined;\n';
const importing = (target: string): string => `import * as other from '${target}';\nexport const use = other;\n`;

describe('each layer rule fires', () => {
  test.each([
    ['no-cycles', { 'network/a.ts': importing('./b.js'), 'network/b.ts': importing('./a.js') }],
    ['domain-imports-nothing', { 'chaincode/domain/src/a.ts': importing('node:crypto') }],
    ['contracts-know-domain-and-fabric', { 'chaincode/contracts/src/a.ts': importing('../../../network/b.js'), 'network/b.ts': empty }],
    ['gateway-knows-domain', { 'gateway-api/src/a.ts': importing('../../network/b.js'), 'network/b.ts': empty }],
    ['network-knows-no-business', { 'network/embedded/a.ts': importing('../../chaincode/domain/src/b.js'), 'chaincode/domain/src/b.ts': empty }],
    ['product-knows-no-tests', { 'network/a.ts': importing('../test/b.js'), 'test/b.ts': empty }],
    ['fabric-client-in-ledger', { 'gateway-api/src/claims/a.ts': importing('@hyperledger/fabric-gateway') }],
    ['tokens-in-auth', { 'gateway-api/src/claims/a.ts': importing('jose') }],
    ['sql-in-stores', { 'gateway-api/src/claims/a.ts': importing('drizzle-orm') }],
    ['x12-in-interop', { 'gateway-api/src/claims/a.ts': importing('../interop/x12/b.js'), 'gateway-api/src/interop/x12/b.ts': empty }],
  ])('%s', async (rule, files) => {
    expect(await violations(files)).toContain(rule);
  });

  test('an arrow that the map shows passes', async () => {
    const files = { 'gateway-api/src/ledger/a.ts': importing('@hyperledger/fabric-gateway'), 'gateway-api/src/claims/b.ts': importing('../ledger/a.js') };
    expect(await violations(files)).toEqual([]);
  });
});
