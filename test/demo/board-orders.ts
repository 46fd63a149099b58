import type { LicenceKey } from '@medaccord/domain';
import { licencePath } from './found-consortium.js';
import type { People } from './people.js';

type BoardPeople = Pick<People, 'disciplinaryOfficer' | 'boardMember'>;

/** The board's people make the certificates known with which they sign orders. */
export async function registerBoardOfficers({ disciplinaryOfficer, boardMember }: BoardPeople): Promise<void> {
  for (const person of [disciplinaryOfficer, boardMember]) await person.post('/v1/board-officers', {});
}

/** A grave order: proposed by the officer, approved by the member of the board. */
export async function orderByTwo({ disciplinaryOfficer, boardMember }: BoardPeople, licence: LicenceKey, order: object): Promise<void> {
  const { id } = await disciplinaryOfficer.post<{ id: string }>(`${licencePath(licence)}/order-drafts`, order);
  await boardMember.post(`/v1/order-drafts/${id}/approval`, {});
}
