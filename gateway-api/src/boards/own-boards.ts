import { assertOwnUnit, DomainError } from '@medaccord/domain';
import type { BoardUnit } from '@medaccord/domain';
import type { GatewayConfig } from '../config/gateway-config.js';
import { isRefusal } from '../ledger/claims-client.js';
import { SERVICE_ROLE } from '../ledger/ledger.js';
import type { RegistryActor, RegistryClient } from '../ledger/registry-client.js';

/** The boards of this gateway's organisation, as the ledger's register of members has them. */
export class OwnBoards {
  readonly #registry: RegistryClient;
  readonly #mspId: string;

  constructor(registry: RegistryClient, config: Pick<GatewayConfig, 'mspId'>) {
    this.#registry = registry;
    this.#mspId = config.mspId;
  }

  /** None where the organisation is no member (yet) or runs no board. */
  async all(): Promise<readonly BoardUnit[]> {
    try {
      const { units } = await this.#registry.member(SERVICE_ROLE, this.#mspId);

      return units.filter((unit) => unit.kind === 'board');
    } catch (error) {
      if (isRefusal(error, 'MEMBER_NOT_FOUND') || isRefusal(error, 'NOT_A_MEMBER')) return [];
      throw error;
    }
  }

  /** The board that a request names. Throws BOARD_NOT_OF_ORGANISATION, and FORBIDDEN_UNIT for people of another board. */
  async of(board: string, actor: RegistryActor): Promise<BoardUnit> {
    const unit = (await this.all()).find(({ id }) => id === board);
    if (unit === undefined) throw new DomainError('BOARD_NOT_OF_ORGANISATION');
    assertOwnUnit({ board }, { actor });

    return unit;
  }
}
