import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isRunning, killNative, type NativeProcess, requireRunning, startNative, stopNative } from './native-process.js';
import { until } from './until.js';

let directory: string;
let started: NativeProcess[];

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'medaccord-process-'));
  started = [];
});
afterEach(async () => {
  await stopNative(started);
  await rm(directory, { recursive: true, force: true });
});

async function startNode(script: string): Promise<NativeProcess> {
  const logFile = join(directory, 'logs', 'node.log');
  const process_ = await startNative({ name: 'node', program: process.execPath, args: ['-e', script], environment: { GREETING: 'hello' }, logFile });
  started.push(process_);
  return process_;
}

const logged = async ({ logFile }: NativeProcess): Promise<string> => readFile(logFile, 'utf8');

describe('native processes', () => {
  test('run until they are stopped, and write to their log', async () => {
    const running = await startNode('console.log(process.env.GREETING); setInterval(() => {}, 1000)');
    await until(async () => ((await logged(running)) === 'hello\n' ? true : undefined), { withinMs: 5000, what: 'greeting' });
    expect(await isRunning(running)).toBe(true);
    await stopNative([running]);
    expect(await isRunning(running)).toBe(false);
  });

  test('are given nothing of this process but the essentials', async () => {
    process.env['CORE_PEER_ID'] = 'stray';
    const running = await startNode('console.log(process.env.CORE_PEER_ID ?? "clean"); setInterval(() => {}, 1000)');
    delete process.env['CORE_PEER_ID'];
    await until(async () => ((await logged(running)) === 'clean\n' ? true : undefined), { withinMs: 5000, what: 'environment' });
  });

  test('one that ignores SIGTERM can be killed', async () => {
    const running = await startNode('process.on("SIGTERM", () => {}); console.log("ready"); setInterval(() => {}, 1000)');
    await until(async () => ((await logged(running)) === 'ready\n' ? true : undefined), { withinMs: 5000, what: 'start' });
    await killNative(running);
    expect(await isRunning(running)).toBe(false);
  });

  test('a process number that another process has now is left alone', async () => {
    const running = await startNode('setInterval(() => {}, 1000)');
    await stopNative([{ ...running, birth: 'long ago' }]);
    expect(await isRunning(running)).toBe(true);
  });

  test('one that ended is reported with the end of its log', async () => {
    const running = await startNode('console.log("no disk"); process.exit(1)');
    await until(async () => ((await isRunning(running)) ? undefined : true), { withinMs: 5000, what: 'end' });
    await expect(requireRunning(running)).rejects.toMatchObject({ code: 'PROCESS_FAILED', message: expect.stringContaining('no disk') as unknown });
  });

  test('a program that does not exist is refused', async () => {
    const absent = startNative({ name: 'absent', program: join(directory, 'absent'), args: [], environment: {}, logFile: join(directory, 'absent.log') });
    await expect(absent).rejects.toMatchObject({ code: 'PROCESS_FAILED' });
  });
});

describe('awaiting a condition', () => {
  test('says what was awaited, and the last failure', async () => {
    const waiting = until(async () => Promise.reject(new Error('not yet')), { withinMs: 30, everyMs: 10, what: 'the impossible' });
    await expect(waiting).rejects.toMatchObject({ code: 'NOT_READY_IN_TIME', message: 'the impossible: not within 0.03 s (not yet)' });
  });
});
