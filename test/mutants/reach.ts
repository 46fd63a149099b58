import type { Run } from './worker-protocol.js';

/** What the behaviours do without a mutant: which guards decide anything in which of them, and what each observes. */
export class Reach {
  private readonly behaviours = new Map<number, string[]>();
  /** Observations by behaviour, as JSON. */
  readonly usual: Readonly<Record<string, string>>;

  constructor(runs: readonly Run[]) {
    for (const { id, fired } of [...runs].sort((a, b) => a.milliseconds - b.milliseconds)) {
      for (const guard of fired) {
        this.behaviours.set(guard, [...(this.behaviours.get(guard) ?? []), id]);
      }
    }
    this.usual = Object.fromEntries(runs.map(({ id, observed }) => [id, observed]));
  }

  /** The behaviours that a guard decides anything in, the quickest first. */
  behavioursOf(guard: number): readonly string[] {
    return this.behaviours.get(guard) ?? [];
  }
}
