/** What was made for publication, and until when it may still be shown where no newer one can be made. */
export interface Publication<T> {
  readonly content: T;
  readonly until: number;
}

/**
 * Something that anyone may fetch, made anew at most so often whoever asks: a public route must not be a way to make the peer
 * work. Where it cannot be made, the last one is shown for as long as that is good.
 */
export class Published<T> {
  readonly #make: () => Promise<Publication<T>>;
  readonly #freshMs: number;
  #made: { readonly at: number; readonly publication: Publication<T> } | undefined;
  #making: Promise<T> | undefined;

  constructor(make: () => Promise<Publication<T>>, freshMs: number) {
    this.#make = make;
    this.#freshMs = freshMs;
  }

  async get(): Promise<T> {
    if (this.#made !== undefined && Date.now() - this.#made.at < this.#freshMs) return this.#made.publication.content;
    this.#making ??= this.#renewed().finally(() => { this.#making = undefined; });

    return this.#making;
  }

  /** What it is made from has changed. */
  outdate(): void {
    this.#made = undefined;
  }

  async #renewed(): Promise<T> {
    const at = Date.now();
    try {
      const publication = await this.#make();
      this.#made = { at, publication };

      return publication.content;
    } catch (error) {
      const last = this.#made?.publication;
      if (last === undefined || last.until <= Date.now()) throw error;
      this.#made = { at, publication: last };

      return last.content;
    }
  }
}
