import { join } from 'node:path';

/** The top folder of the repository, seen from the compiled tests (`test/dist/architecture`). */
export const repositoryRoot = join(import.meta.dirname, '..', '..', '..');
