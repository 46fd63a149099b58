import type { ChaincodeConfig, CollectionConfig, ConsortiumConfig, OrderingConfig, OrganisationConfig, UserConfig } from './consortium.js';
import { FieldReader, type IssueList } from './field-reader.js';

const CHANNEL = /^[a-z][a-z0-9.-]*$/;
const SHORT_NAME = /^[a-z][a-z0-9-]*$/;
const MSP_ID = /^[A-Za-z0-9][A-Za-z0-9.-]*$/;
const DOMAIN = /^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/;
const USER = /^[A-Za-z][A-Za-z0-9_-]*$/;
const CHAINCODE = /^[A-Za-z0-9]+([-_][A-Za-z0-9]+)*$/;
const VERSION = /^[A-Za-z0-9_.+-]+$/;
const COLLECTION = /^[A-Za-z0-9-]([A-Za-z0-9_-]*)$/;

/** Reads the fields of a consortium file; what refers to what is checked afterwards. */
export function readConsortium(value: unknown, issues: IssueList): ConsortiumConfig {
  const fields = new FieldReader(value, '', issues);
  const result = {
    channel: fields.text('channel', CHANNEL, 'channel name (lower case letters, digits, dots, hyphens)'),
    organisations: fields.list('organisations', (item, path) => readOrganisation(new FieldReader(item, path, issues))),
    chaincodes: fields.list('chaincodes', (item, path) => readChaincode(new FieldReader(item, path, issues))),
    ordering: readOrdering(fields.requiredObject('ordering')),
  };
  fields.end();
  return result;
}

function readOrganisation(fields: FieldReader): OrganisationConfig {
  const result = {
    name: fields.text('name', SHORT_NAME, 'short name (lower case letters, digits, hyphens)'),
    mspId: fields.text('mspId', MSP_ID, 'MSP id (letters, digits, dots, hyphens)'),
    domain: fields.text('domain', DOMAIN, 'DNS domain'),
    users: fields.list('users', (item, path) => readUser(new FieldReader(item, path, fields.issues)), []),
    peers: fields.integer('peers', 1, 1),
  };
  fields.end();
  return result;
}

function readUser(fields: FieldReader): UserConfig {
  const result = { name: fields.text('name', USER, 'user name'), attributes: fields.texts('attributes') };
  fields.end();
  return result;
}

function readChaincode(fields: FieldReader): ChaincodeConfig {
  const installedAt = fields.list<string | undefined>('installedAt', (item) => (typeof item === 'string' ? item : String(item)), [undefined]);
  const result = {
    name: fields.text('name', CHAINCODE, 'chaincode name'),
    version: fields.text('version', VERSION, 'chaincode version'),
    sequence: fields.integer('sequence', 1, 1),
    endorsementPolicy: fields.text('endorsementPolicy'),
    collections: fields.list('collections', (item, path) => readCollection(new FieldReader(item, path, fields.issues)), []),
    ...(fields.flag('initRequired', false) ? { initRequired: true } : {}),
    ...(installedAt[0] === undefined ? {} : { installedAt: installedAt.filter((mspId) => mspId !== undefined) }),
  };
  fields.end();
  return result;
}

function readCollection(fields: FieldReader): CollectionConfig {
  const endorsementPolicy = readCollectionEndorsement(fields.object('endorsementPolicy'));
  const result = {
    name: fields.text('name', COLLECTION, 'collection name (it must not start with an underscore)'),
    policy: fields.text('policy'),
    requiredPeerCount: fields.integer('requiredPeerCount', 0, 0),
    maxPeerCount: fields.integer('maxPeerCount', 0, 1),
    blockToLive: fields.integer('blockToLive', 0, 0),
    memberOnlyRead: fields.flag('memberOnlyRead', false),
    memberOnlyWrite: fields.flag('memberOnlyWrite', false),
    ...(endorsementPolicy === undefined ? {} : { endorsementPolicy }),
  };
  fields.end();
  if (result.maxPeerCount < result.requiredPeerCount) {
    fields.issues.add('OUT_OF_RANGE', `${fields.path}.maxPeerCount`, 'must not be less than requiredPeerCount');
  }
  return result;
}

function readCollectionEndorsement(fields: FieldReader | undefined): CollectionConfig['endorsementPolicy'] {
  if (fields === undefined) {
    return undefined;
  }
  const signaturePolicy = fields.optionalText('signaturePolicy');
  const channelConfigPolicy = fields.optionalText('channelConfigPolicy');
  fields.end();
  if ((signaturePolicy === undefined) === (channelConfigPolicy === undefined)) {
    fields.issues.add('BAD_POLICY', fields.path, 'must have either signaturePolicy or channelConfigPolicy');
  }
  return { ...(signaturePolicy === undefined ? {} : { signaturePolicy }), ...(channelConfigPolicy === undefined ? {} : { channelConfigPolicy }) };
}

function readOrdering(fields: FieldReader): OrderingConfig {
  const result = {
    maxMessageCount: fields.integer('maxMessageCount', 1),
    preferredMaxBytes: fields.integer('preferredMaxBytes', 1),
    batchTimeoutMs: fields.integer('batchTimeoutMs', 1),
  };
  fields.end();
  return result;
}
