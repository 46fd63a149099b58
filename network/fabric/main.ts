import { networkCommand } from './commands/network-command.js';
import { say } from './commands/options.js';
import { FabricError } from './fabric-error.js';

// Real Fabric from the command line: node main.js up, down, status, backup and the rest; `--help` lists them.

try {
  await networkCommand().parseAsync();
} catch (error) {
  if (!(error instanceof FabricError)) throw error;
  say(error.message);
  process.exitCode = 1;
}
