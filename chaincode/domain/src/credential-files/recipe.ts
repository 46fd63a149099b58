import { DomainError } from '../shared/errors.js';
import type { Element } from '../verification/elements.js';

/** Why a file is opened. */
export const FILE_EVENTS = ['initial', 'recredential'] as const;

export type FileEvent = (typeof FILE_EVENTS)[number];

/** Professions that have a recipe of their own. */
export const PROFESSIONS = ['physician', 'advanced-practice-nurse', 'physician-assistant', 'dentist', 'psychologist', 'other'] as const;

export type Profession = (typeof PROFESSIONS)[number];

/** For whom a recipe holds; `*` stands for all. */
export interface RecipeRow {
  readonly professions: readonly Profession[] | '*';
  readonly jurisdictions: readonly string[] | '*';
  readonly payers: readonly string[] | '*';
  readonly events: readonly FileEvent[] | '*';
  readonly elements: readonly Element[];
}

/** Which elements a file needs, by profession, place, payer and event. Versioned: a file names the one it was opened under. */
export interface Recipe {
  readonly version: string;
  readonly rows: readonly RecipeRow[];
}

const prescribers: readonly Profession[] = ['physician', 'advanced-practice-nurse', 'physician-assistant', 'dentist'];
const certified: readonly Profession[] = ['physician', 'dentist'];

/** What every accredited payer asks; education, training and work history are asked once, at the beginning. */
export const RECIPES: readonly Recipe[] = [{
  version: 'common/2025-07',
  rows: [
    { professions: '*', jurisdictions: '*', payers: '*', events: '*', elements: ['licence', 'malpractice-history', 'sanction', 'exclusion', 'attestation', 'npdb'] },
    { professions: prescribers, jurisdictions: '*', payers: '*', events: '*', elements: ['dea'] },
    { professions: certified, jurisdictions: '*', payers: '*', events: '*', elements: ['board-certification'] },
    { professions: '*', jurisdictions: '*', payers: '*', events: ['initial'], elements: ['education', 'work-history'] },
    { professions: certified, jurisdictions: '*', payers: '*', events: ['initial'], elements: ['training'] },
  ],
}];

/** Whom a file concerns, as far as recipes ask. */
export interface RecipeSubject {
  readonly profession: Profession;
  readonly jurisdiction: string;
  readonly payer: string;
  readonly event: FileEvent;
}

/** The elements that such a file needs, in order. Throws UNKNOWN_RULE for a version that there is not. */
export function requiredElements(version: string, subject: RecipeSubject): readonly Element[] {
  const recipe = RECIPES.find((one) => one.version === version);
  if (recipe === undefined) throw new DomainError('UNKNOWN_RULE', { rule: 'recipe' });
  return [...new Set(recipe.rows.filter((row) => concerns(row, subject)).flatMap(({ elements }) => elements))].sort((first, second) => (first < second ? -1 : 1));
}

function concerns({ professions, jurisdictions, payers, events }: RecipeRow, { profession, jurisdiction, payer, event }: RecipeSubject): boolean {
  return includes(professions, profession) && includes(jurisdictions, jurisdiction) && includes(payers, payer) && includes(events, event);
}

function includes(values: readonly string[] | '*', value: string): boolean {
  return values === '*' || values.includes(value);
}
