import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { PracticeAuthority, PrivilegesDocument } from '@medaccord/domain';
import type { ClinicianPrivileges } from '../credentialing-reader.js';
import { OwnDocumentDto } from './documents.dto.js';

/** Which clinician, and when. */
export class ClinicianQuestionDto {
  @ApiProperty({ example: '1234567893' })
  npi!: string;

  @ApiPropertyOptional({ format: 'date', description: 'Today, where left out.' })
  on?: string;
}

/** What a clinician may do on a day. */
export class ClinicianPrivilegesDto implements ClinicianPrivileges {
  @ApiProperty()
  npi!: string;

  @ApiProperty({ format: 'date' })
  on!: string;

  @ApiProperty({ enum: ['FULL', 'LIMITED', 'NONE', 'UNKNOWN'], isArray: true, description: 'What the registry says, in the order of the privileges.' })
  authorities!: PracticeAuthority[];

  @ApiProperty({ type: [String], description: 'Granted, in term, not taken away, and not without a licence.' })
  codes!: string[];

  @ApiProperty({ type: [OwnDocumentDto] })
  privileges!: PrivilegesDocument[];
}
