import { common } from '@hyperledger/fabric-protos';
import { createHash } from 'node:crypto';
import { findSecrets, type Secret } from './findings.js';
import { protobufLeaves } from './protobuf-leaves.js';

const secret: Secret = { what: 'member id', value: 'MBR-0042-XYZ' };

/** Bytes three protobuf layers down, as a chaincode argument in a block is. */
function nested(content: string | Uint8Array): Uint8Array {
  const payload = new common.Payload();
  payload.setData(typeof content === 'string' ? Buffer.from(content) : content);
  const envelope = new common.Envelope();
  envelope.setPayload(payload.serializeBinary());
  const data = new common.BlockData();
  data.setDataList([envelope.serializeBinary()]);
  return data.serializeBinary();
}

const forms = (bytes: Uint8Array, ...secrets: Secret[]): string[] => findSecrets(secrets, 'block 1', bytes).map(({ form }) => form);

describe('a secret is found', () => {
  test.each([
    ['plain', 'plain', 'id=MBR-0042-XYZ;'],
    ['in hex', 'hex', Buffer.from('MBR-0042-XYZ').toString('hex')],
    ['in upper-case hex', 'HEX', Buffer.from('MBR-0042-XYZ').toString('hex').toUpperCase()],
    ['in base64', 'base64+0', Buffer.from('MBR-0042-XYZ').toString('base64')],
    ['in base64, one byte in', 'base64+1', Buffer.from('{MBR-0042-XYZ}').toString('base64')],
    ['in base64, two bytes in', 'base64+2', Buffer.from('["MBR-0042-XYZ"]').toString('base64')],
    ['as its hash', 'sha-256', createHash('sha256').update('MBR-0042-XYZ').digest()],
    ['as its hash in hex', 'sha-256 hex', createHash('sha256').update('MBR-0042-XYZ').digest('hex')],
    ['as its hash in base64', 'sha-256 base64', createHash('sha256').update('MBR-0042-XYZ').digest('base64')],
  ])('%s', (_name, form, content) => {
    expect(forms(nested(content), secret)).toEqual([form]);
  });
});

describe('a short value', () => {
  const code: Secret = { what: 'reason', value: 'CO-B7' };

  test('counts as a whole word', () => {
    expect(forms(nested('the line was denied with CO-B7'), code)).toContain('plain');
  });

  test('does not count inside another word', () => {
    expect(forms(nested('the number XCO-B71 of a certificate'), code)).toEqual([]);
  });
});

test('what is not there is not found', () => {
  expect(forms(nested('nothing of interest here'), secret)).toEqual([]);
});

test('every protobuf layer is taken apart', () => {
  const leaves = protobufLeaves(nested('innermost')).map((leaf) => Buffer.from(leaf).toString('latin1'));
  expect(leaves).toContain('innermost');
});
