/** What a board lets run for minutes. */
export const BOARD_RUN_KINDS = ['IMPORT', 'RECONCILIATION', 'BATCH_VOID'] as const;

export type BoardRunKind = (typeof BOARD_RUN_KINDS)[number];

/** As what an order's document can be published. */
export const DOCUMENT_MEDIA_TYPES = ['application/pdf', 'text/plain; charset=utf-8'] as const;

export type DocumentMediaType = (typeof DOCUMENT_MEDIA_TYPES)[number];

/** A run as the board's people see it. */
export interface BoardRun {
  readonly id: string;
  readonly kind: BoardRunKind;
  readonly board: string;
  /** Name of the import, or of the extract. */
  readonly label: string;
  readonly status: 'RUNNING' | 'DONE' | 'STOPPED';
  readonly counts: Readonly<Record<string, number>>;
  /** Why it stopped. */
  readonly code?: string;
  readonly startedBy: string;
  readonly startedAt: string;
  readonly touchedAt: string;
}

/** What a run found of one licence, by its number in normal form. */
export interface BoardFinding {
  readonly number: string;
  /** MISSING_ON_LEDGER, MISSING_IN_EXTRACT, DIFFERENT, REFUSED. */
  readonly finding: string;
  readonly detail: object;
}
