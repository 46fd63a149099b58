import { isNpi } from '../../shared/ids.js';
import type { ClaimProvider } from '../claim.js';
import { invalid, required } from './check.js';
import type { Finding, FrontEndCheck } from './check.js';

// 562 is the status of an NPI, 128 that of a tax id.

/** Whoever bills has an NPI and a tax id; every other provider's NPI, where given, has the right check digit. */
export const providerNpiCheck: FrontEndCheck = {
  id: 'provider-npi/v1',
  source: '45 CFR 162.406; claims guide 2.3 step 1',
  examine: ({ billing, rendering, referring, serviceFacility, lines }) => [
    ...required(billing.npi, isNpi, '562', '/billing/npi'),
    ...npiIfGiven(rendering, '/rendering'),
    ...npiIfGiven(referring, '/referring'),
    ...npiIfGiven(serviceFacility, '/serviceFacility'),
    ...lines.flatMap((line, index) => [...npiIfGiven(line.rendering, `/lines/${index}/rendering`), ...npiIfGiven(line.ordering, `/lines/${index}/ordering`)]),
  ],
};

/** Whoever bills is known by a tax id: nine digits, written with or without a hyphen. */
export const billingTaxIdCheck: FrontEndCheck = {
  id: 'billing-tax-id/v1',
  source: '837P loop 2010AA REF*EI',
  examine: ({ billing }) => required(billing.taxId, (text) => /^\d{9}$/.test(text.replaceAll('-', '')), '128', '/billing/taxId'),
};

/** A provider's NPI, where given, has the right check digit. */
export function npiIfGiven(provider: ClaimProvider | undefined, path: string): readonly Finding[] {
  return provider?.npi === undefined || isNpi(provider.npi) ? [] : [invalid('562', `${path}/npi`)];
}
