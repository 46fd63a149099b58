import {
  EXCLUSION_FILES, exclusionSourceShape, fileMonthShape, freeText, integer, list, npiShape, object, oneOf, optional, plainDate, text,
} from '@medaccord/domain';
import type { ExclusionFile, FileMonth, PlainDate, ScreenedPerson, Shape } from '@medaccord/domain';
import { editionFields } from '../reference-data/load-table.js';
import type { TableRequest } from './exclusion-table.js';
import { LOADING_MODES } from './exclusion-loader.js';
import type { LoadingMode } from './exclusion-loader.js';

/** Which published file a route names. */
export interface FilePath {
  readonly source: string;
  readonly month: FileMonth;
  readonly file: ExclusionFile;
}

/** Is a person excluded on a day in a state, as the list was known in a month (now where left out)? */
export interface ExclusionQuestion {
  readonly person: ScreenedPerson;
  readonly on: PlainDate;
  readonly state: string;
  readonly knownIn?: FileMonth;
}

const state = text(/^[A-Z]{2}$/);

/** Reads a clinician as an organisation knows the person. */
export const screenedPerson: Shape<ScreenedPerson> = object<ScreenedPerson>({
  npi: npiShape, otherNpis: optional(list(npiShape, 1, 8)), familyNames: list(freeText(1, 100), 1, 10), givenName: freeText(1, 100), birthDate: optional(plainDate), states: list(state, 0, 60), zips: list(text(/^\d{5}$/), 0, 20),
});

export const filePath: Shape<FilePath> = object<FilePath>({ source: exclusionSourceShape, month: fileMonthShape, file: oneOf(EXCLUSION_FILES) });
export const sourcePath: Shape<{ readonly source: string }> = object<{ source: string }>({ source: exclusionSourceShape });
export const loadingMode: Shape<{ readonly mode?: LoadingMode }> = object<{ mode?: LoadingMode }>({ mode: optional(oneOf(LOADING_MODES)) });
export const exclusionQuestion: Shape<ExclusionQuestion> = object<ExclusionQuestion>({ person: screenedPerson, on: plainDate, state, knownIn: optional(fileMonthShape) });

/** Reads which edition is to be made of a list. */
export const tableRequest: Shape<Omit<TableRequest, 'source'>> = object<Omit<TableRequest, 'source'>>({ ...editionFields, knownIn: optional(fileMonthShape) });

/** Reads the clinicians to screen. */
export const cliniciansRequest = object<{ readonly items: readonly ScreenedPerson[] }>({ items: list(screenedPerson, 1, 1000) });
export const removalsRequest = object<{ readonly npis: readonly string[] }>({ npis: list(npiShape, 1, 1000) });
export const runRequest = object<{ readonly source: string }>({ source: exclusionSourceShape });

/** Reads a page of clinicians, which are in order of their NPIs. */
export const clinicianPage = object<{ readonly after?: string; readonly limit?: number }>({ after: optional(npiShape), limit: optional(integer(1, 1000)) });
