import type { ChaincodeConfig, ConsortiumConfig } from './consortium.js';
import type { IssueList } from './field-reader.js';

/** Says why a policy text is wrong; undefined where it is well formed. */
export type PolicyCheck = (text: string) => string | undefined;

/** Checks what one part of a consortium file says about another: names once, organisations known, policies well formed. */
export function checkConsortium(config: ConsortiumConfig, checkPolicy: PolicyCheck, issues: IssueList): void {
  if (config.organisations.length === 0) {
    issues.add('OUT_OF_RANGE', 'organisations', 'must name at least one organisation');
  }
  for (const field of ['name', 'mspId', 'domain'] as const) {
    once(config.organisations.map((organisation) => organisation[field]), (index) => `organisations[${index}].${field}`, issues);
  }
  config.organisations.forEach(({ users }, at) => {
    once(users.map(({ name }) => name), (index) => `organisations[${at}].users[${index}].name`, issues);
    const admin = users.findIndex(({ name }) => name === 'Admin');
    if (admin !== -1) {
      issues.add('DUPLICATE', `organisations[${at}].users[${admin}].name`, 'every organisation has an Admin already');
    }
  });
  once(config.chaincodes.map(({ name }) => name), (index) => `chaincodes[${index}].name`, issues);
  const mspIds = new Set(config.organisations.map(({ mspId }) => mspId));
  config.chaincodes.forEach((chaincode, at) => { checkChaincode(chaincode, `chaincodes[${at}]`, { mspIds, checkPolicy, issues }); });
}

interface Surroundings {
  readonly mspIds: ReadonlySet<string>;
  readonly checkPolicy: PolicyCheck;
  readonly issues: IssueList;
}

function checkChaincode(chaincode: ChaincodeConfig, path: string, { mspIds, checkPolicy, issues }: Surroundings): void {
  const policy = (text: string, at: string): void => {
    if (text === '') {
      return;
    }
    const fault = text.startsWith('/') ? undefined : checkPolicy(text);
    if (fault !== undefined) {
      issues.add('BAD_POLICY', at, fault);
    }
    for (const [, mspId] of text.startsWith('/') ? [] : text.matchAll(/['"]([A-Za-z0-9.-]+)\.[a-z]+['"]/g)) {
      known(mspId ?? '', at);
    }
  };
  const known = (mspId: string, at: string): void => {
    if (!mspIds.has(mspId)) {
      issues.add('UNKNOWN_ORGANISATION', at, `${mspId} is none of the organisations`);
    }
  };
  policy(chaincode.endorsementPolicy, `${path}.endorsementPolicy`);
  chaincode.installedAt?.forEach((mspId, index) => { known(mspId, `${path}.installedAt[${index}]`); });
  once(chaincode.collections.map(({ name }) => name), (index) => `${path}.collections[${index}].name`, issues);
  chaincode.collections.forEach((collection, index) => {
    policy(collection.policy, `${path}.collections[${index}].policy`);
    policy(collection.endorsementPolicy?.signaturePolicy ?? '', `${path}.collections[${index}].endorsementPolicy.signaturePolicy`);
  });
}

function once(names: readonly string[], pathOf: (index: number) => string, issues: IssueList): void {
  names.forEach((name, index) => {
    if (name !== '' && names.indexOf(name) !== index) {
      issues.add('DUPLICATE', pathOf(index), `'${name}' stands twice`);
    }
  });
}
