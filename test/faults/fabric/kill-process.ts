import { isAlive, type ManagedProcess } from '@medaccord/network/cli';
import { until } from '@medaccord/network/fabric';

const GONE_WITHIN_MS = 20_000;

/** Ends a process as a power failure would (SIGKILL); returns when it is gone. */
export async function killProcess({ name, pid }: ManagedProcess): Promise<void> {
  if (isAlive(pid)) process.kill(pid, 'SIGKILL');
  await until(async () => Promise.resolve(isAlive(pid) ? undefined : true), { withinMs: GONE_WITHIN_MS, what: `${name} to be gone`, everyMs: 10 });
}
