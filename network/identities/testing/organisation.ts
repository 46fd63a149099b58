import { Msp, MspRegistry, OrganizationTree, readMspConfiguration } from '../index.js';

/** An organisation with an `Admin`, a client `clerk`, a peer and an orderer-less MSP, in a folder of a test. */
export async function testOrganisation(root: string, name: string): Promise<OrganizationTree> {
  const domain = `${name.toLowerCase()}.example`;
  const tree = await OrganizationTree.open({ root, domain, mspId: `${name}MSP` });
  await tree.addNode(`peer0.${domain}`);
  await tree.addUser({ name: 'Admin', role: 'admin' });
  await tree.addUser({ name: 'clerk', attributes: { 'desk.number': '7' } });
  return tree;
}

/** The registry of these organisations as their verifying MSP folders stand now. */
export async function registryOf(...trees: readonly OrganizationTree[]): Promise<MspRegistry> {
  return new MspRegistry(await Promise.all(trees.map(async (tree) => new Msp(await readMspConfiguration(tree.paths.msp, tree.mspId)))));
}
