import { serve, type ServedChaincode } from './server.js';

// One organisation's chaincode servers in one process: node host.js < JSON list of `ServedChaincode`.
// Prints one JSON line with their ports, in the same order, and serves until it is ended.
// CORE_PEER_LOCALMSPID names the organisation, as the peer's own builder sets it.

async function readInput(): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) {
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks).toString();
}

const chaincodes = JSON.parse(await readInput()) as readonly ServedChaincode[];
const ports = await Promise.all(chaincodes.map((chaincode) => serve(chaincode)));
process.stdout.write(`${JSON.stringify({ ports })}\n`);
process.on('SIGTERM', () => process.exit(0));
// A host whose parent is gone is of no use to anybody.
process.on('disconnect', () => process.exit(0));
