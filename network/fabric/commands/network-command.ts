import { Command } from 'commander';
import { FABRIC_VERSION } from '../binaries/release.js';
import { addBackupCommands } from './backup-commands.js';
import { addLifetimeCommands } from './lifetime-commands.js';
import { addOperationsCommands } from './operations-commands.js';
import { addOperatorCommands } from './operator-commands.js';

/** The command `network` with everything that an operator does on real Fabric. */
export function networkCommand(): Command {
  const command = new Command('network').description(`runs a consortium's network, or one member's part of it, on Hyperledger Fabric ${FABRIC_VERSION}`);
  addLifetimeCommands(command);
  addOperatorCommands(command);
  addOperationsCommands(command);
  addBackupCommands(command);
  return command;
}
