import { execFileSync } from 'node:child_process';
import { cpus, totalmem, type } from 'node:os';
import { houseRoot } from '@medaccord/network/cli';

/** What figures were taken on: they mean nothing without it. */
export function machine(): string {
  const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: houseRoot, encoding: 'utf8' }).trim();
  return `Commit ${commit}, Node ${process.version}, ${type()}, ${cpus().length} × ${cpus()[0]?.model.trim() ?? 'unknown processor'}, ${Math.round(totalmem() / 2 ** 30)} GiB, ${new Date().toISOString().slice(0, 10)}.`;
}
