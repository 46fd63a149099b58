import { parse, licenceKeyShape } from '@medaccord/domain';
import type { LicenceKey } from '@medaccord/domain';

/** The part of a route that names a licence. */
export const LICENCE_PATH = 'licences/:jurisdiction/:board/:type/:number';

/** The licence that a route names; INVALID_INPUT for what cannot be one. Licence keys are public record. */
export function licenceKeyOf({ jurisdiction, board, type, number }: Readonly<Record<string, string>>): LicenceKey {
  return parse(licenceKeyShape, { jurisdiction, board, type, number });
}
