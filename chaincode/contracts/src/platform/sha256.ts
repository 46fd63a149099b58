import { createHash } from 'node:crypto';
import type { Sha256 } from '@medaccord/domain';

/** The hash function that rules are given. */
export const sha256: Sha256 = (bytes) => createHash('sha256').update(bytes).digest();
