import { verifyPacketCommand } from './verify-packet-command.js';

const { output, status } = verifyPacketCommand(process.argv.slice(2));
process.stdout.write(output);
process.exitCode = status;
