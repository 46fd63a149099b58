import type { TableName } from '@medaccord/domain';
import { codeListFormat, diagnosisRulesFormat, placeOfServiceFormat, requirementFormat, serviceRulesFormat } from './code-list.js';
import type { TableFormat } from './format.js';
import { hcpcsFormat } from './hcpcs.js';
import { icd10CmFormat } from './icd-10-cm.js';
import { mueFormat } from './mue.js';
import { ncciPtpFormat } from './ncci-ptp.js';

/** How each table is written by whoever publishes it; that of exclusions is made of a list that grows by month (`exclusions`). */
export const FORMATS: Readonly<Record<Exclude<TableName, 'exclusions'>, TableFormat>> = {
  'ncci-ptp': ncciPtpFormat,
  mue: mueFormat,
  'ncci-ptp-outpatient': ncciPtpFormat,
  'mue-outpatient': mueFormat,
  hcpcs: hcpcsFormat,
  'icd-10-cm': icd10CmFormat,
  'place-of-service': placeOfServiceFormat,
  cpt: codeListFormat(/^[A-Z0-9]{5}$/),
  modifier: codeListFormat(/^[A-Z0-9]{2}$/),
  'revenue-code': codeListFormat(/^\d{4}$/),
  carc: codeListFormat(/^[A-Z0-9]{1,5}$/),
  rarc: codeListFormat(/^[A-Z0-9]{1,5}$/),
  'prior-authorisation': requirementFormat,
  'service-rules': serviceRulesFormat,
  'diagnosis-rules': diagnosisRulesFormat,
};
