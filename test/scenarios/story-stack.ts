import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chaincodeProgram, consortiumFile, embeddedLedger, fabricLedger, freePorts, startStack, type Stack } from '@medaccord/network/cli';

/** A whole stack for one story, on free ports and in a folder of its own. */
export interface StoryStack extends Stack {
  readonly directory: string;
  /** Ends every process and keeps all data. */
  down(): Promise<void>;
}

/** Long enough for a stack on real Fabric on a busy machine. */
export const storyTimeoutMs = 300_000;

/** The network under the stories: embedded, or real Fabric where MEDACCORD_NETWORK says `fabric`. */
export const storyNetwork = process.env['MEDACCORD_NETWORK'] === 'fabric' ? 'fabric' : 'embedded';

/**
 * Starts every part of the product as `make up` does: anew, or what an earlier stack left in its folder; with the chaincode
 * that was built, or another script's; with the demo's consortium, or another file's. `stop` ends every process and deletes the folder.
 */
export async function startStoryStack(earlier: { readonly directory?: string; readonly chaincode?: string; readonly consortium?: string } = {}): Promise<StoryStack> {
  const directory = earlier.directory ?? (await mkdtemp(join(tmpdir(), 'medaccord-story-')));
  const { program, args } = chaincodeProgram(earlier.chaincode);
  const [script = ''] = args;
  const startLedger = storyNetwork === 'fabric' ? fabricLedger({ program, args }) : embeddedLedger(script);
  const stack = await startStack({ consortiumFile: earlier.consortium ?? consortiumFile, directory, ports: freePorts, startLedger, clockIntervalSeconds: 0 });
  const stop = async (): Promise<void> => {
    await stack.stop();
    await rm(directory, { recursive: true, force: true });
  };
  return { ...stack, directory, down: async () => stack.stop(), stop };
}
