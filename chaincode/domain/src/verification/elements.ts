/** What a credential file verifies about a clinician; each has its own primary source. */
export const ELEMENTS = [
  'licence', 'dea', 'board-certification', 'education', 'training', 'work-history', 'malpractice-history', 'sanction', 'exclusion', 'attestation', 'npdb',
] as const;

export type Element = (typeof ELEMENTS)[number];

/**
 * Elements that are public record and need no consent of the practitioner. Everything else is asked for under a consent
 * that covers it.
 */
export const PUBLIC_ELEMENTS: readonly Element[] = ['licence', 'board-certification', 'sanction', 'exclusion'];

/** Elements whose credential ends on a day: after it, a receipt proves nothing more for practice. */
export const EXPIRING_ELEMENTS: readonly Element[] = ['licence', 'dea'];
