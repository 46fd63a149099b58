// Serves the consortium's chaincodes as the product does, and the baseline's by the official server:
// node chaincode-program.js <baseline package folder> <chaincode name>
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { houseRoot } from '@medaccord/network/cli';
import { baselineChaincode } from '../baseline/network.js';

const [node = '', script = '', folder = '', name = ''] = process.argv;
const { CHAINCODE_SERVER_ADDRESS: address = '', CORE_CHAINCODE_ID: id = '', CHAINCODE_TLS_KEY: key = '', CHAINCODE_TLS_CERT: cert = '', CHAINCODE_TLS_CLIENT_CACERT: ca = '' } = process.env;

if (name === baselineChaincode) {
  process.env['CORE_CHAINCODE_LOGGING_LEVEL'] = 'error';
  const tls = ['--chaincode-tls-key-file', key, '--chaincode-tls-cert-file', cert, '--chaincode-tls-client-cacert-file', ca];
  process.argv = [node, script, 'server', '--chaincode-address', address, '--chaincode-id', id, '--module-path', folder, ...tls];
  createRequire(import.meta.url)('fabric-shim/cli.js');
} else {
  process.argv = [node, script, name];
  await import(pathToFileURL(join(houseRoot, 'chaincode/contracts/dist/main.js')).href);
}
