import type { Npi, OpaqueId, PlainDate, PracticeAuthority } from '@medaccord/domain';

/** What a notice is about. */
export const NOTICE_KINDS = ['STANDING_CHANGED', 'LICENCE_EXPIRES', 'IDENTITY_CHANGED', 'EXCLUSION_POTENTIAL', 'EXCLUSION_CONFIRMED'] as const;

export type NoticeKind = (typeof NOTICE_KINDS)[number];

/** FEED: the subscriber pulls. The others tell what became of the webhook. */
export type NoticeDelivery = 'FEED' | 'PENDING' | 'DELIVERED' | 'DEAD';

/** Where to look. Never why: reasons are read where they are recorded, by those who may. */
export type NoticeDetail =
  | { readonly licence: string; readonly event: number; readonly authority: PracticeAuthority } // the licence's event of that number
  | { readonly licence: string; readonly related: string; readonly event: number; readonly authority: PracticeAuthority } // an event of a licence that a compact relates to it
  | { readonly licence: string; readonly linkEvent: number; readonly authority: PracticeAuthority } // the link's event of that number
  | { readonly licence: string; readonly day: PlainDate; readonly authority: PracticeAuthority } // by the calendar alone
  | { readonly licence: string; readonly validThru: PlainDate; readonly days: number } // a step of the ladder
  | { readonly identityEvent: number } // the event of that number about who the clinician is
  | { readonly matchId: OpaqueId; readonly version: number };

/** Something to tell a subscriber, once. */
export interface Notice {
  /** The same whenever the same thing is noticed. */
  readonly id: OpaqueId;
  readonly kind: NoticeKind;
  readonly npi: Npi;
  readonly detail: NoticeDetail;
}
