import { countingEvents, isDiscipline, isVisible, licenceId, present } from '@medaccord/domain';
import type { BoardUnit, DerivedEffect, Encumbrance, LicenceEvent, LicenceKey, LicenceView, Lifecycle, PracticeAuthority } from '@medaccord/domain';
import { actFields } from './act-fields.js';

/** A public act of the board, as it counts today. */
export interface PublicAction {
  readonly sequence: number;
  /** The type of the act; for what is about one its kind: CORRECTION, REVISION, STAY, STAY_LIFTED, APPEAL. */
  readonly type: string;
  /** The act that it is about. */
  readonly about?: number;
  readonly effectiveFrom?: string;
  readonly effectiveThru?: string;
  readonly orderNumber?: string;
  readonly decidedOn?: string;
  readonly document?: PublicDocument;
}

/** Where the document of an order is, and how anyone verifies it. */
export interface PublicDocument {
  readonly href: string;
  /** SHA-256 in hexadecimal over the salt and the document's bytes, as the order on the ledger names it. */
  readonly sha256: string;
}

/** A licence in a list of several. */
export interface PublicLicenceLine {
  readonly licence: LicenceKey;
  readonly board: string;
  readonly holder?: string;
  readonly status: Lifecycle;
  readonly authority: PracticeAuthority;
  readonly validThru?: string;
  readonly href: string;
}

/** What a board says in public of a licence. */
export interface PublicLicence extends Omit<PublicLicenceLine, 'href'> {
  /** The board's own calendar day. */
  readonly asOf: string;
  readonly numberAsPrinted?: string;
  readonly issuedOn?: string;
  readonly encumbrances: readonly Omit<Encumbrance, 'codes'>[];
  /** What follows from another state's licence by a compact. */
  readonly derived?: readonly Omit<DerivedEffect, 'codes'>[];
  readonly actions: readonly PublicAction[];
}

/** The day at a board. */
export function dayAt({ timeZone }: Pick<BoardUnit, 'timeZone'>, now: Date = new Date()): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' }).format(now);
}

/** Where anyone finds a licence. */
export function publicPath({ jurisdiction, board, type, number }: LicenceKey): string {
  return `/v1/public/licences/${[jurisdiction, board, type, number].map(encodeURIComponent).join('/')}`;
}

/** A licence in a list. */
export function publicLine(view: LicenceView, board: BoardUnit): PublicLicenceLine {
  const { licence: { licence, holder }, standing: { lifecycle, authority }, validThru } = view;

  return { licence, board: board.name, ...present('holder', holder), status: lifecycle, authority, ...present('validThru', validThru), href: publicPath(licence) };
}

/** A licence with its public acts: none that is void or sealed, and nothing of who recorded what. `published`: events with a document. */
export function publicLicence(view: LicenceView, board: BoardUnit, published: readonly number[]): PublicLicence {
  const { href: _, ...line } = publicLine(view, board);
  const { licence: { numberAsPrinted }, issuedOn, standing: { asOf, encumbrances, derived } } = view;

  return {
    ...line,
    asOf,
    ...present('numberAsPrinted', numberAsPrinted),
    ...present('issuedOn', issuedOn),
    encumbrances: encumbrances.map(({ codes: __, ...encumbrance }) => encumbrance),
    ...present('derived', derived?.map(({ codes: __, ...effect }) => effect)),
    actions: publicActs(view).map((event) => publicAction(event, published)),
  };
}

/** Discipline, and what is about it; issue, renewals and the like are told by the dates. */
export function publicActs(view: Pick<LicenceView, 'events' | 'struck'>): readonly LicenceEvent[] {
  const events = countingEvents(view);

  return events.filter(({ kind, action, target }) => {
    const aim = kind === 'CORRECTION' ? view.events.filter(isVisible).find(({ sequence }) => sequence === target)?.action : action;

    return isDiscipline(aim) || aim?.type === 'REINSTATE' || ['REVISION', 'STAY', 'STAY_LIFTED', 'APPEAL'].includes(kind);
  });
}

function publicAction(event: LicenceEvent, published: readonly number[]): PublicAction {
  const { sequence, type, about, effectiveFrom, effectiveThru, orderNumber, decidedOn } = actFields(event);
  const sha256 = published.includes(sequence) ? event.order?.documentHash : undefined;

  return {
    sequence, type, ...present('about', about), ...present('effectiveFrom', effectiveFrom), ...present('effectiveThru', effectiveThru), ...present('orderNumber', orderNumber), ...present('decidedOn', decidedOn),
    ...present('document', sha256 === undefined ? undefined : { href: `${publicPath(event.licence)}/documents/${sequence}`, sha256 }),
  };
}

/** By board and number, as people look for them. */
export function inOrder(first: LicenceView, second: LicenceView): number {
  return licenceId(first.licence.licence) < licenceId(second.licence.licence) ? -1 : 1;
}
