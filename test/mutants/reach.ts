/** Which behaviours each guard decides anything in, the quickest behaviours first. */
export class Reach {
  private readonly behaviours = new Map<number, string[]>();

  constructor(fired: readonly (readonly [behaviour: string, guards: readonly number[], milliseconds: number])[]) {
    for (const [behaviour, guards] of [...fired].sort((a, b) => a[2] - b[2])) {
      for (const guard of guards) {
        this.behaviours.set(guard, [...(this.behaviours.get(guard) ?? []), behaviour]);
      }
    }
  }

  behavioursOf(guard: number): readonly string[] {
    return this.behaviours.get(guard) ?? [];
  }
}
