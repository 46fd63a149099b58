import { ApiProperty } from '@nestjs/swagger';
import type { PaymentDue, PromptPayTerms } from '@medaccord/domain';

/** When claims of a product have to be paid, and the interest after that. */
export class PromptPayTermsDto implements PromptPayTerms {
  @ApiProperty({ minimum: 1, maximum: 365, description: 'Days from receipt; interest runs from the day after.' })
  days!: number;

  @ApiProperty({ enum: ['simple', 'monthly'], description: 'A yearly rate by the day, or a rate for each begun month of 30 days.' })
  method!: 'simple' | 'monthly';

  @ApiProperty({ description: 'Hundredths of a per cent.' })
  rate!: number;

  @ApiProperty({ enum: [360, 365, 366] })
  dayBasis!: 360 | 365 | 366;

  @ApiProperty({ description: 'The clock stands still while the insurer waits for information that it asked for.' })
  pauses!: boolean;

  @ApiProperty({ description: 'What an appeal brings bears interest too.' })
  afterAppeal!: boolean;
}

/** By when a claim is to be paid, and what is owed after that. */
export class PaymentDueDto implements PaymentDue {
  @ApiProperty({ format: 'date', description: 'The last day in time.' })
  dueOn!: string;

  @ApiProperty({ type: PromptPayTermsDto })
  terms!: PromptPayTermsDto;
}
