import { spawn } from 'node:child_process';
import { mkdirSync, openSync, closeSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

/** How to start one server of the stack as a process of its own. */
export interface ProcessSpecification {
  /** Unique in the stack, also the name of its log file, for example `gateway-hospital`. */
  readonly name: string;
  /** Script to run with this very Node, and its arguments. */
  readonly script: string;
  readonly args: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  readonly logFile: string;
  /** Milliseconds within which the ready line has to come. */
  readonly startWithinMs: number;
}

/** A started server: what is needed to stop it later, also from another process. */
export interface ManagedProcess {
  readonly name: string;
  readonly pid: number;
  readonly logFile: string;
}

const pollMs = 25;

/**
 * Starts a server that outlives this process and waits for its ready line. Its output goes to the log file; `spawned` is
 * told of it at once, so that whoever started it can stop it also where it never gets ready.
 * @throws Error naming the log file when the process ends or stays silent.
 */
export async function startProcess<Ready>(specification: ProcessSpecification, spawned: (process: ManagedProcess) => void): Promise<Ready> {
  const { name, script, logFile } = specification;
  mkdirSync(dirname(logFile), { recursive: true });
  const log = openSync(logFile, 'w', 0o600);
  const child = spawn(process.execPath, [...nodeOptions, script, ...specification.args], {
    detached: true,
    stdio: ['ignore', log, log],
    env: { ...process.env, ...specification.environment },
  });
  closeSync(log);
  child.unref();
  const { pid } = child;
  if (pid === undefined) throw new Error(`${name} could not be started: ${script}`);
  spawned({ name, pid, logFile });
  return readyLine<Ready>(specification, pid);
}

const nodeOptions = ['--disable-warning=ExperimentalWarning'];

async function readyLine<Ready>({ name, logFile, startWithinMs }: ProcessSpecification, pid: number): Promise<Ready> {
  const deadline = Date.now() + startWithinMs;
  for (;;) {
    const line = (await readFile(logFile, 'utf8')).split('\n').slice(0, -1).find(isReadyLine);
    if (line !== undefined) return JSON.parse(line) as Ready;
    if (!isAlive(pid)) throw new Error(`${name} ended while it was starting; see ${logFile}`);
    if (Date.now() > deadline) throw new Error(`${name} was not ready within ${startWithinMs / 1000} s; see ${logFile}`);
    await delay(pollMs);
  }
}

/** Log lines are JSON objects too, but have a level; the ready line says where the server or the network is reached. */
function isReadyLine(line: string): boolean {
  return line.startsWith('{"listening"') || line.startsWith('{"organizationsPath"');
}

/** Ends processes with SIGTERM, and with SIGKILL those that are still there after `graceMs`; returns when none is left. */
export async function stopProcesses(processes: readonly ManagedProcess[], graceMs = 10_000): Promise<void> {
  for (const { pid } of processes) signal(pid, 'SIGTERM');
  const deadline = Date.now() + graceMs;
  while (processes.some(({ pid }) => isAlive(pid))) {
    if (Date.now() > deadline) for (const { pid } of processes) signal(pid, 'SIGKILL');
    await delay(pollMs);
  }
}

/** True while the process exists and is not a zombie waiting for its parent. */
export function isAlive(pid: number): boolean {
  return signal(pid, 0);
}

function signal(pid: number, name: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, name);
  } catch {
    return false; // ESRCH: it is gone already.
  }
}
