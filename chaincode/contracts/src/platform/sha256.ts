import { hash } from 'node:crypto';
import type { Sha256 } from '@medaccord/domain';

/** The hash function that rules are given. */
export const sha256: Sha256 = (bytes) => hash('sha256', bytes, 'buffer');
