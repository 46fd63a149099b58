import { diskFaults } from './faults/disk.js';
import { memberFaults } from './faults/members.js';
import { ordererFaults } from './faults/orderers.js';
import { peerFaults } from './faults/peers.js';
import { serverFaults } from './faults/servers.js';
import type { Fault } from './round.js';

/** Every fault, in the order in which they strike one network. */
export const FAULTS: readonly Fault[] = [...ordererFaults, ...peerFaults, ...serverFaults, ...memberFaults, ...diskFaults];
