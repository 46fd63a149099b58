/** Kinds of documents of the credentials contract. Each lies with its owner alone, and its versions follow each other. */
export const CREDENTIAL_KINDS = [
  'consent', // a practitioner's release, as recorded by the owner
  'verification', // one element asked of its source, and a person's review
  'credential-file', // from opening to decision, notice and the next round
  'delegation', // who credentials in the owner's name
  'roster', // one delegate's monthly list, row by row
  'exclusion-match', // a possible match with an exclusion list, and what a person decided
  'bylaws', // what a hospital does where a clinician's authority ends
  'screening-run', // one part of a screening of clinicians, recorded also where all are clear
  'privileges', // what one clinician may do at the owner's hospital
] as const;

export type CredentialKind = (typeof CREDENTIAL_KINDS)[number];
