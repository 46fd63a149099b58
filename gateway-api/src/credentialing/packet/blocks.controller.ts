import { Controller, Get, Inject, Param, StreamableFile } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { invalidInput, issue } from '@medaccord/domain';
import { Query } from '../../http/endpoint.decorators.js';
import { ChainReader } from '../../ledger/chain-reader.js';

const tag = 'blocks';

/** How far the own peer's copy of the chain reaches. */
class ChainDto {
  @ApiProperty({ example: 'medaccord' })
  channel!: string;

  @ApiProperty({ description: 'How many blocks there are; the first is 0.' })
  height!: number;
}

/** The chain as every member has it, for whoever verifies a packet: no private value stands in a block. */
@Controller('v1/blocks')
export class BlocksController {
  readonly #chain: ChainReader;

  constructor(@Inject(ChainReader) chain: ChainReader) {
    this.#chain = chain;
  }

  @Get()
  @Query('blocks.read', { summary: 'How far the chain reaches', answer: ChainDto, tag })
  async chain(): Promise<Pick<ChainDto, 'channel' | 'height'>> {
    return { channel: this.#chain.channel, height: await this.#chain.height() };
  }

  @Get(':number')
  @Query('blocks.read', { summary: 'A block', description: 'As Fabric’s own tools fetch it: `common.Block`, serialized.', file: 'application/octet-stream', tag })
  async block(@Param('number') number: string): Promise<StreamableFile> {
    if (!/^\d{1,15}$/.test(number)) throw invalidInput([issue('WRONG_FORMAT', '/number')]);

    return new StreamableFile(await this.#chain.block(Number(number)));
  }
}
