import { ordererFaults } from './faults/orderers.js';
import type { Fault } from './round.js';

/** Every fault, in the order in which they strike one network. */
export const FAULTS: readonly Fault[] = [...ordererFaults];
