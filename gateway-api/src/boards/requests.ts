import { integer, jurisdictionShape, licenceTypeShape, object, optional, parse, plainDate, text, unitIdShape } from '@medaccord/domain';
import type { LicenceKey, PlainDate, Shape } from '@medaccord/domain';
import { withInteger } from '../http/query-integer.js';

/** Parameters of a path or a query. */
export type Parameters = Readonly<Record<string, unknown>>;

const usualLimit = 100;

/** A part of a list in the order of the chain. */
export interface PositionPage {
  readonly after: number;
  readonly limit: number;
}

const positionPage = object<Partial<PositionPage>>({ after: optional(integer(0)), limit: optional(integer(1, 500)) });

/** Reads a page of a feed: at most 500 events, as many licences as the ledger tells at once. */
export function positionPageOf(query: Parameters): PositionPage {
  const { after = 0, limit = usualLimit } = parse(positionPage, withInteger(withInteger(query, 'after'), 'limit'));

  return { after, limit };
}

/** Reads after which id or number a page begins. */
export const namePage: Shape<{ readonly after?: string; readonly limit?: number }> = object<{ after?: string; limit?: number }>({
  after: optional(text(/^[A-Za-z0-9~ .-]{0,90}$/)), limit: optional(integer(1, 500)),
});

/** Reads the board of a path. */
export function boardOf(path: Parameters): string {
  return parse(object<{ board: string }>({ board: unitIdShape }), { board: path['board'] }).board;
}

/** Of which licences an extract is, and of which day. */
export interface ExtractName extends Pick<LicenceKey, 'jurisdiction' | 'type'> {
  readonly recordedOn: PlainDate;
  /** Columns of the extract under other names: `number=LIC_NO,status=STAT`. */
  readonly columns?: string;
}

/** Reads which extract is uploaded. */
export const extractShape: Shape<ExtractName> = object<ExtractName>({
  jurisdiction: jurisdictionShape, type: licenceTypeShape, recordedOn: plainDate,
  columns: optional(text(/^(number|status|effectiveFrom|validThru|holder)=[^,=]{1,60}(,(number|status|effectiveFrom|validThru|holder)=[^,=]{1,60})*$/)),
});

/** By which name of the extract each of its columns is known here. */
export function columnNames(columns: string | undefined): ReadonlyMap<string, string> {
  return new Map((columns ?? '').split(',').filter((pair) => pair !== '').map((pair) => {
    const [name = '', named = ''] = pair.split('=');

    return [named, name] as const;
  }));
}
