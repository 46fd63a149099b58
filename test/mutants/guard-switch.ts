/** What instrumented code asks at every guard: whether it holds. */
type GuardCall = (id: number, held: boolean) => boolean;

/** Turns single guards off, and notes which ones made a difference. One per process. */
export class GuardSwitch {
  private off: number | undefined;
  private fired = new Set<number>();

  /** Makes this the switch of every instrumented module of the process. */
  install(): void {
    const call: GuardCall = (id, held) => {
      if (held) {
        this.fired.add(id);
      }
      return held && id !== this.off;
    };
    (globalThis as { __medaccordGuards?: GuardCall }).__medaccordGuards = call;
  }

  /** Turns one guard off; undefined turns all on again. */
  turnOff(id: number | undefined): void {
    this.off = id;
  }

  /** Guards that held since the last call: only these can make a difference when they are off. */
  takeFired(): readonly number[] {
    const fired = [...this.fired];
    this.fired = new Set();
    return fired;
  }
}
