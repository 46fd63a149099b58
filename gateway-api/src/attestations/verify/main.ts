import { verifyAttestationCommand } from './verify-attestation-command.js';

const { output, status } = await verifyAttestationCommand(process.argv.slice(2));
process.stdout.write(output);
process.exitCode = status;
