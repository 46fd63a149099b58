import { readIfPresent, writeWhole } from '../../identities/tree/durable-file.js';
import { commandDigest, isRunning, killNative, type NativeProcess, type ProcessCommand, startNative, stopNative } from './native-process.js';

/** The processes of a network by name, kept in a file so that a later command can stop what an earlier one started. */
export class ProcessBook {
  /** Writes of the file, one after the other. */
  private saving: Promise<void> = Promise.resolve();

  private constructor(
    private readonly path: string,
    private readonly processes: Map<string, NativeProcess>,
  ) {}

  static async open(path: string): Promise<ProcessBook> {
    const entries = JSON.parse((await readIfPresent(path)) ?? '[]') as readonly NativeProcess[];
    return new ProcessBook(path, new Map(entries.map((entry) => [entry.name, entry])));
  }

  /** The process of this name, running or ended; undefined where none was started. */
  get(name: string): NativeProcess | undefined {
    return this.processes.get(name);
  }

  /** Every process that is running now. */
  async running(): Promise<readonly NativeProcess[]> {
    const all = [...this.processes.values()];
    const alive = await Promise.all(all.map(isRunning));
    return all.filter((_, position) => alive[position]);
  }

  /** Starts a process, or answers the one of this name that runs the same command; one that runs another is ended first. */
  async start(command: ProcessCommand): Promise<NativeProcess> {
    const present = this.processes.get(command.name);
    if (present !== undefined && (await isRunning(present))) {
      if (present.command === commandDigest(command)) return present;
      await stopNative([present]);
    }
    const started = await startNative(command);
    this.processes.set(started.name, started);
    await this.save();
    return started;
  }

  /** Ends the named processes in order (SIGTERM); names that are not running are passed over. */
  async stop(names: readonly string[]): Promise<void> {
    await stopNative(this.select(names));
    await this.forget(names);
  }

  /** Ends the named processes as a power failure would (SIGKILL). */
  async kill(names: readonly string[]): Promise<void> {
    await Promise.all(this.select(names).map(killNative));
    await this.forget(names);
  }

  names(): readonly string[] {
    return [...this.processes.keys()];
  }

  private select(names: readonly string[]): NativeProcess[] {
    return names.flatMap((name) => this.processes.get(name) ?? []);
  }

  private async forget(names: readonly string[]): Promise<void> {
    for (const name of names) this.processes.delete(name);
    await this.save();
  }

  private async save(): Promise<void> {
    const write = async (): Promise<void> => writeWhole(this.path, `${JSON.stringify([...this.processes.values()], null, 2)}\n`);
    this.saving = this.saving.then(write, write);
    return this.saving;
  }
}
