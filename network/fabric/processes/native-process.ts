import { execFile, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { FabricError } from '../fabric-error.js';

/** A program to run as a process of its own. */
export interface ProcessCommand {
  /** Unique in the network, also the name of its log. */
  readonly name: string;
  readonly program: string;
  readonly args: readonly string[];
  /** The whole environment: nothing of this process's own is passed on but PATH, HOME and TMPDIR. */
  readonly environment: Readonly<Record<string, string>>;
  readonly logFile: string;
}

/** A started process; `birth` tells it from a later process with the same number. */
export interface NativeProcess {
  readonly name: string;
  readonly pid: number;
  readonly birth: string;
  readonly logFile: string;
  /** SHA-256 of program, arguments and environment: the same command need not be started twice. */
  readonly command: string;
}

const GRACE_MS = 20_000;
const POLL_MS = 20;
const run = promisify(execFile);

/** What `NativeProcess.command` is for a command. */
export function commandDigest({ program, args, environment }: ProcessCommand): string {
  return createHash('sha256').update(JSON.stringify([program, args, Object.entries(environment).sort()])).digest('hex');
}

/** Starts a program that outlives this process; its output is appended to its log. Throws PROCESS_FAILED. */
export async function startNative(command: ProcessCommand): Promise<NativeProcess> {
  const { name, program, args, environment, logFile } = command;
  mkdirSync(dirname(logFile), { recursive: true });
  const log = openSync(logFile, 'a', 0o600);
  const child = spawn(program, args, { detached: true, stdio: ['ignore', log, log], env: { ...inherited(), ...environment } });
  closeSync(log);
  child.unref();
  const failure = new Promise<never>((_, reject) => {
    child.once('error', (cause) => {
      reject(new FabricError('PROCESS_FAILED', `${name} could not be started: ${program}`, { cause }));
    });
  });
  const { pid } = child;
  if (pid === undefined) return failure;
  failure.catch(() => undefined); // It was started: an error from here on is about signals, which are sent by number.
  return { name, pid, birth: (await processBirth(pid)) ?? 'gone', logFile, command: commandDigest(command) };
}

/** True while this very process exists and has not ended. */
export async function isRunning({ pid, birth }: NativeProcess): Promise<boolean> {
  return (await processBirth(pid)) === birth;
}

/** Throws PROCESS_FAILED, with the last lines of its log, where the process has ended. */
export async function requireRunning(process: NativeProcess): Promise<void> {
  if (await isRunning(process)) return;
  throw new FabricError('PROCESS_FAILED', `${process.name} has ended; the end of ${process.logFile}:\n${await tail(process.logFile)}`);
}

/** Ends processes as an operator would (SIGTERM, after 20 s SIGKILL); returns when none is left. */
export async function stopNative(processes: readonly NativeProcess[]): Promise<void> {
  await Promise.all(
    processes.map(async (process) => {
      await signal(process, 'SIGTERM');
      if (!(await ended(process, GRACE_MS))) await killNative(process);
    }),
  );
}

/** Ends a process as a power failure would (SIGKILL); returns when it is gone. */
export async function killNative(process: NativeProcess): Promise<void> {
  await signal(process, 'SIGKILL');
  await ended(process, GRACE_MS);
}

/** Stops a process in its tracks (SIGSTOP) or lets it continue (SIGCONT): a node that hangs but keeps its connections. */
export async function freezeNative(process: NativeProcess, frozen: boolean): Promise<void> {
  await signal(process, frozen ? 'SIGSTOP' : 'SIGCONT');
}

async function ended(process: NativeProcess, withinMs: number): Promise<boolean> {
  const deadline = Date.now() + withinMs;
  while (await isRunning(process)) {
    if (Date.now() > deadline) return false;
    await delay(POLL_MS);
  }
  return true;
}

async function signal(target: NativeProcess, name: NodeJS.Signals): Promise<void> {
  if (!(await isRunning(target))) return; // Its number may be another process's by now.
  try {
    process.kill(target.pid, name);
  } catch {
    // It ended between the check and the signal.
  }
}

/** When the process was started, as the system counts it; undefined where it has ended (a zombie has). */
async function processBirth(pid: number): Promise<string | undefined> {
  return process.platform === 'linux' ? linuxBirth(pid) : portableBirth(pid);
}

async function linuxBirth(pid: number): Promise<string | undefined> {
  try {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
    // After the name in parentheses: state, then the start time as the 20th field.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' || fields[0] === 'X' ? undefined : fields[19];
  } catch {
    return undefined; // No such process.
  }
}

async function portableBirth(pid: number): Promise<string | undefined> {
  try {
    const { stdout } = await run('ps', ['-o', 'stat=,lstart=', '-p', String(pid)]);
    const [state = 'Z', ...birth] = stdout.trim().split(/\s+/);
    return state.startsWith('Z') ? undefined : birth.join(' ');
  } catch {
    return undefined; // No such process.
  }
}

function inherited(): Record<string, string> {
  const names = ['PATH', 'HOME', 'TMPDIR'];
  return Object.fromEntries(names.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]])));
}

async function tail(file: string): Promise<string> {
  try {
    return (await readFile(file, 'utf8')).trimEnd().split('\n').slice(-5).join('\n');
  } catch {
    return '(no log)';
  }
}
