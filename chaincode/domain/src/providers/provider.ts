import type { Instant } from '../shared/dates.js';
import type { Npi } from '../shared/ids.js';
import { freeText, list, npiShape, object, oneOf, optional, text } from '../shared/parse.js';
import type { Shape } from '../shared/parse.js';

/** A name as in the public provider directory: a person has a family name and given names, an organisation one name. */
export interface ProviderName {
  readonly family: string;
  readonly given?: string;
  /** Such as `Jr` or `III`. */
  readonly suffix?: string;
}

/** Reads a name. */
export const providerNameShape: Shape<ProviderName> = object<ProviderName>({ family: freeText(1, 120), given: optional(freeText(1, 80)), suffix: optional(freeText(1, 20)) });

/** A clinician or a care organisation by its National Provider Identifier. Public record: nothing about its home. */
export interface Provider {
  readonly schema: 'provider/v1';
  readonly npi: Npi;
  readonly type: 'individual' | 'organisation';
  readonly name: ProviderName;
  /** Codes of the provider taxonomy; values only, the code list's texts are licensed. */
  readonly taxonomies: readonly string[];
  /** MSP id of the organisation that entered it. */
  readonly registeredBy: string;
  readonly registeredAt: Instant;
}

/** One provider of a batch. */
export type RegisterProvider = Pick<Provider, 'npi' | 'type' | 'name' | 'taxonomies'>;

/** Reads one provider to register. */
export const registerProviderShape: Shape<RegisterProvider> = object<RegisterProvider>({
  npi: npiShape,
  type: oneOf(['individual', 'organisation']),
  name: providerNameShape,
  taxonomies: list(text(/^[0-9A-Z]{10}$/), 0, 15),
});
