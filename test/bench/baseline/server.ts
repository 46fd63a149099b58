// Runs the official chaincode server on the baseline's package, and says when it listens, which the server itself does not.
import { createRequire } from 'node:module';
import { connect } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

const { BASELINE_PACKAGE: folder = '', BASELINE_ADDRESS: address = '', BASELINE_CHAINCODE_ID: id = '' } = process.env;
process.argv.push('server', '--chaincode-address', address, '--chaincode-id', id, '--module-path', folder);
createRequire(import.meta.url)('fabric-shim/cli.js');

const [host = '', port = ''] = address.split(':');
while (!(await accepts())) await delay(20);
process.stdout.write(`${JSON.stringify({ listening: address })}\n`);

async function accepts(): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(Number(port), host, () => {
      socket.destroy();
      resolve(true);
    });
    socket.on('error', () => {
      resolve(false);
    });
  });
}
