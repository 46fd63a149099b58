import type { ClaimContent, ClaimLine } from '../claims/claim.js';
import type { LineDecision } from '../adjudication/adjudication.js';
import { newDocument } from '../documents/execution.js';
import type { Execution } from '../documents/execution.js';
import { parseDocumentKey } from '../documents/key.js';
import { DomainError } from '../shared/errors.js';
import { authorisationFact } from './authorisation.js';
import type { AuthorisationDocument, AuthorisationFact, AuthorisationUse } from './authorisation.js';

/** Authorisations while the claims of one command are decided; each that changed is written as one new version at the end. */
export class AuthorisationStates {
  readonly #documents: ReadonlyMap<string, AuthorisationDocument>;
  #uses: ReadonlyMap<string, readonly AuthorisationUse[]>;

  constructor(documents: readonly AuthorisationDocument[]) {
    this.#documents = new Map(documents.map((document) => [document.id, document]));
    this.#uses = new Map(documents.map(({ id, body }) => [id, body.uses]));
  }

  /** A function that undoes everything from now on. */
  checkpoint(): () => void {
    const uses = this.#uses;
    return () => {
      this.#uses = uses;
    };
  }

  /** Those that a claim names, its referral among them, as the rules look at them now, in order of their ids. */
  facts(content: ClaimContent): readonly AuthorisationFact[] {
    const named = new Set([...content.lines.flatMap((line) => authorisationOf(content, line) ?? []), ...(content.referral === undefined ? [] : [content.referral])]);
    return [...named].sort((a, b) => (a < b ? -1 : 1)).flatMap((id) => {
      const document = this.#documents.get(id);
      return document === undefined ? [] : [authorisationFact({ ...document, body: { ...document.body, uses: this.#uses.get(id) ?? [] } })];
    });
  }

  /** Uses units for the lines of a decision that were not denied. */
  use(adjudication: string, content: ClaimContent, lines: readonly LineDecision[]): void {
    const units = new Map<string, number>();
    const passed = new Set(lines.filter(({ denied }) => !denied).map(({ number }) => number));
    for (const line of content.lines.filter(({ number }) => passed.has(number))) {
      const document = this.#covering(content, line);
      if (document !== undefined) units.set(document.id, (units.get(document.id) ?? 0) + Math.ceil(line.quantity.thousandths / 1000));
    }
    for (const [id, used] of units) this.#set(id, [...(this.#uses.get(id) ?? []), { adjudication, units: used }]);
  }

  /** Gives back what an adjudication used. Throws INPUT_MISSING where one of the authorisations that it cites did not travel. */
  giveBack(adjudication: string, cited: readonly string[]): void {
    for (const id of cited) {
      const uses = this.#uses.get(id);
      if (uses === undefined) throw new DomainError('INPUT_MISSING', { input: 'authorisation' });
      this.#set(id, uses.filter((use) => use.adjudication !== adjudication));
    }
  }

  /** The next versions of those that changed. */
  nextVersions(execution: Execution): readonly AuthorisationDocument[] {
    return [...this.#documents.values()].flatMap((document) => {
      const uses = this.#uses.get(document.id) ?? [];
      if (uses === document.body.uses) return [];
      return [newDocument(execution, 'authorisation', { id: document.id, version: document.version + 1 }, document.parties, { ...document.body, uses })];
    });
  }

  /** The authorisation that a line names, where its service is one of those approved. */
  #covering(content: ClaimContent, line: ClaimLine): AuthorisationDocument | undefined {
    const document = this.#documents.get(authorisationOf(content, line) ?? '');
    return document?.body.request.codes.includes(line.procedure.code) === true ? document : undefined;
  }

  #set(id: string, uses: readonly AuthorisationUse[]): void {
    this.#uses = new Map([...this.#uses, [id, uses]]);
  }
}

/** The authorisation that a line names: its own, else the claim's. */
export function authorisationOf(content: ClaimContent, line: ClaimLine): string | undefined {
  return line.priorAuthorisation ?? content.priorAuthorisation;
}

/** The authorisations that an adjudication cites. */
export function citedAuthorisations(inputs: readonly { readonly key: string }[]): readonly string[] {
  return inputs.map(({ key }) => parseDocumentKey(key)).filter(({ kind }) => kind === 'authorisation').map(({ id }) => id);
}
