import { ApiParam } from '@nestjs/swagger';
import { licenceKeyShape, licenceOrClassShape, parse } from '@medaccord/domain';
import type { LicenceKey } from '@medaccord/domain';

/** The part of a route that names a licence. */
export const LICENCE_PATH = 'licences/:jurisdiction/:board/:type/:number';

/** The parts of a path. */
export type LicenceParameters = Readonly<Record<string, string>>;

/** The licence that a route names; INVALID_INPUT for what cannot be one. Licence keys are public record. */
export function licenceKeyOf({ jurisdiction, board, type, number }: LicenceParameters): LicenceKey {
  return parse(licenceKeyShape, { jurisdiction, board, type, number });
}

/** The licence that a route names, or the class: `*` for its number. */
export function licenceOrClassOf({ jurisdiction, board, type, number }: LicenceParameters): LicenceKey {
  return parse(licenceOrClassShape, { jurisdiction, board, type, number });
}

/** Describes the parameters of a route that names a licence. */
export function LicenceParams(): MethodDecorator {
  const examples = { jurisdiction: 'CA', board: 'ca-medical', type: 'MD', number: 'A12345' };

  return (target, property, descriptor) => {
    for (const [name, example] of Object.entries(examples)) ApiParam({ name, example })(target, property, descriptor);
  };
}
