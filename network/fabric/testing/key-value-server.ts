import { serveKeyValue } from './key-value-chaincode.js';

// The test chaincode as a process of its own, with the settings of any chaincode server in its environment.

function setting(name: string): string {
  const value = process.env[name];
  if (value === undefined) throw new Error(`${name} is not set`);
  return value;
}

await serveKeyValue({
  mspId: setting('CORE_PEER_LOCALMSPID'),
  peerId: '',
  chaincode: process.argv[2] ?? '',
  chaincodeId: setting('CORE_CHAINCODE_ID'),
  address: setting('CHAINCODE_SERVER_ADDRESS'),
  tls: { privateKey: setting('CHAINCODE_TLS_KEY'), certificate: setting('CHAINCODE_TLS_CERT'), caCertificate: setting('CHAINCODE_TLS_CLIENT_CACERT') },
});
