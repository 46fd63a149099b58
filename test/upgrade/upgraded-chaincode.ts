import { cp, mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { houseRoot } from '@medaccord/network/cli';

/** Name of the rule set that the upgraded chaincode decides by. */
export const UPGRADED_RULE_SET = 'upgraded/1';

/** Three rules are other ones; every published set stays beside them. */
const CHANGES = `
const changed = (rule, begin, change) => (rule.id.startsWith(begin) ? { ...rule, ...change } : rule);
const upgraded = {
  ...published.P,
  name: '${UPGRADED_RULE_SET}',
  edits: published.P.edits.map((rule) =>
    changed(changed(rule, 'timely-filing/', { id: 'timely-filing/v90', examine: () => [] }), 'duplicate/', { id: 'duplicate/v90', examine: () => [] })),
  price: { ...published.P.price, id: 'price/v90', price: (lines) => new Map(lines.map(({ number, chargeMinor }) => [number, { type: 'priced', allowedMinor: chargeMinor, adjustments: [] }])) },
};
RULE_SETS.push(upgraded);
export const CURRENT_RULE_SETS = { ...published, P: upgraded };
`;

/**
 * Writes the chaincode of a later release into a folder: nothing is late, nothing is a duplicate, and charges are allowed in
 * full. It is other code, so its tree has another digest. Answers the script that serves it.
 */
export async function upgradedChaincode(folder: string): Promise<string> {
  const modules = join(houseRoot, 'node_modules');
  for (const part of ['contracts', 'domain']) {
    const target = join(folder, 'chaincode', part);
    await cp(join(houseRoot, 'chaincode', part, 'dist'), join(target, 'dist'), { recursive: true });
    await cp(join(houseRoot, 'chaincode', part, 'package.json'), join(target, 'package.json'));
  }
  await mkdir(join(folder, 'node_modules', '@medaccord'), { recursive: true });
  await symlink(join(folder, 'chaincode', 'domain'), join(folder, 'node_modules', '@medaccord', 'domain'));
  const others = (await readdir(modules)).filter((name) => name !== '@medaccord' && !name.startsWith('.package'));
  for (const name of others) await symlink(join(modules, name), join(folder, 'node_modules', name));
  await changeRules(join(folder, 'chaincode/domain/dist/adjudication/rule-sets.js'));
  return join(folder, 'chaincode/contracts/dist/main.js');
}

async function changeRules(file: string): Promise<void> {
  const code = await readFile(file, 'utf8');
  const current = /^export const CURRENT_RULE_SETS = (\{.*\});$/m;
  if (!current.test(code)) throw new Error(`${file} names no current rule sets`);
  await writeFile(file, code.replace(current, (_, sets: string) => `const published = ${sets};${CHANGES}`));
}
