import { DomainError, invalidInput, isNpi, issue, licenceId, linkState, normalNumber } from '@medaccord/domain';
import type { BoardUnit, LicenceKey } from '@medaccord/domain';
import { isRefusal } from '../ledger/claims-client.js';
import { SERVICE_ROLE } from '../ledger/ledger.js';
import type { RegistryClient } from '../ledger/registry-client.js';
import type { BoardIndex } from './board-index.js';
import type { BoardIndexStore } from './board-index-store.js';
import { wordsOf } from './holder-words.js';
import type { OwnBoards } from './own-boards.js';
import { dayAt, inOrder, publicLicence, publicLine } from './public-licence.js';
import type { PublicLicence, PublicLicenceLine } from './public-licence.js';
import type { PublicationStore } from './publication-store.js';

/** What somebody looks for: a number, a name or an NPI, and nothing else. */
export interface LookUpQuestion {
  readonly number?: string;
  readonly name?: string;
  readonly npi?: string;
}

/** Licences that were found. */
export interface LookUpAnswer {
  readonly items: readonly PublicLicenceLine[];
  /** There are more than are told: ask more narrowly. There is no next page, so that nobody lists them all. */
  readonly more: boolean;
}

const mostFound = 25;
const fewestLetters = 3;

/** The look-up that a board owes the public: its own licences, one at a time. */
export class LookUp {
  readonly #registry: RegistryClient;
  readonly #index: BoardIndex;
  readonly #store: BoardIndexStore;
  readonly #boards: OwnBoards;
  readonly #publications: PublicationStore;

  constructor(parts: { readonly registry: RegistryClient; readonly index: BoardIndex; readonly store: BoardIndexStore; readonly boards: OwnBoards; readonly publications: PublicationStore }) {
    this.#registry = parts.registry;
    this.#index = parts.index;
    this.#store = parts.store;
    this.#boards = parts.boards;
    this.#publications = parts.publications;
  }

  /** One licence. Throws LICENCE_NOT_FOUND, also for another organisation's and for one whose issue is void. */
  async licence(key: LicenceKey): Promise<PublicLicence> {
    const board = (await this.#boards.all()).find(({ id }) => id === key.board);
    const [view] = board === undefined ? [] : await this.#registry.licences(SERVICE_ROLE, [key], dayAt(board));
    if (board === undefined || view?.issuedOn === undefined) throw new DomainError('LICENCE_NOT_FOUND');

    return publicLicence(view, board, await this.#publications.sequencesOf(licenceId(key)));
  }

  /** Licences by one of the three. Throws INVALID_INPUT for none, several, or a name too short to be one. */
  async search(question: LookUpQuestion): Promise<LookUpAnswer> {
    const boards = await this.#boards.all();
    const ids = await this.#ids(question, boards);
    const views = (await this.#index.views(ids)).filter(({ issuedOn }) => issuedOn !== undefined).sort(inOrder);
    const items = views.slice(0, mostFound).flatMap((view) => boards.filter(({ id }) => id === view.licence.licence.board).map((board) => publicLine(view, board)));

    return { items, more: views.length > mostFound };
  }

  async #ids(question: LookUpQuestion, boards: readonly BoardUnit[]): Promise<readonly string[]> {
    const { number, name, npi } = question;
    if ([number, name, npi].filter((one) => one !== undefined).length !== 1) throw invalidInput([issue('INCONSISTENT', '')]);
    if (number !== undefined) return byNumber(normalNumber(number), boards);
    if (name !== undefined) return this.#byName(name);

    return this.#byNpi(npi ?? '', boards);
  }

  async #byName(name: string): Promise<readonly string[]> {
    const words = wordsOf(name);
    if (Math.max(0, ...words.map((word) => word.length)) < fewestLetters) throw invalidInput([issue('WRONG_FORMAT', '/name')]);
    await this.#index.catchUp();

    return this.#store.byHolder(words, mostFound + 1);
  }

  async #byNpi(npi: string, boards: readonly BoardUnit[]): Promise<readonly string[]> {
    if (!isNpi(npi)) throw invalidInput([issue('CHECK_DIGIT', '/npi')]);
    try {
      const { links } = await this.#registry.provider(SERVICE_ROLE, npi);
      const confirmed = links.flatMap((document) => document.links).filter(({ events, licence }) => linkState(events) === 'CONFIRMED' && boards.some(({ id }) => id === licence.board));

      return [...new Set(confirmed.map(({ licence }) => licenceId(licence)))];
    } catch (error) {
      if (isRefusal(error, 'PROVIDER_NOT_FOUND')) return [];
      throw error;
    }
  }
}

/** A number alone may be several licences: one of each type that the boards issue. */
function byNumber(number: string, boards: readonly BoardUnit[]): readonly string[] {
  if (!/^[A-Z0-9][A-Z0-9.-]{0,31}$/.test(number)) throw invalidInput([issue('WRONG_FORMAT', '/number')]);

  return boards.flatMap(({ id, jurisdiction, licenceTypes }) => licenceTypes.map((type) => licenceId({ jurisdiction, board: id, type, number })));
}
