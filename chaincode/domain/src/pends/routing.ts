import { documentShape, opaqueId } from '../documents/document.js';
import type { Parties, PrivateDocument } from '../documents/document.js';
import { newDocument } from '../documents/execution.js';
import type { Effects, Execution } from '../documents/execution.js';
import type { PlainDate } from '../shared/dates.js';
import type { OpaqueId } from '../shared/ids.js';
import { freeText, integer, list, object, oneOf, optional, plainDate, text } from '../shared/parse.js';
import type { Shape } from '../shared/parse.js';
import { present } from '../shared/present.js';
import { NO_PRECONDITIONS } from '../claims/preconditions.js';
import type { Preconditions } from '../claims/preconditions.js';

/** Where a waiting claim lies at the insurer. Queues and people are its own affair: a hospital would learn who is suspected of what. */
export interface RoutingBody {
  readonly queue: string;
  readonly assignee?: string;
  readonly reasons: readonly string[];
  readonly dueOn: PlainDate;
}

/** A recorded routing, the insurer's statement, chained; its id is the claim's. */
export type RoutingDocument = PrivateDocument<'routing', RoutingBody>;

/** Insurer, claims-examiner. Puts a claim that waits into a queue, gives it to somebody, sets a day. */
export interface RoutePend extends RoutingBody {
  readonly verb: 'routePend';
  readonly claimId: OpaqueId;
  /** 1, or one more than the newest. */
  readonly version: number;
}

/** Reads the name of a queue. */
export const queueShape: Shape<string> = text(/^[a-z][a-z0-9-]{0,39}$/);

const fields = { queue: queueShape, assignee: optional(freeText(1, 200)), reasons: list(freeText(1, 100), 0, 100), dueOn: plainDate };

/** Reads a recorded routing. */
export const routingDocumentShape: Shape<RoutingDocument> = documentShape('routing', object<RoutingBody>(fields));

/** Reads a routing to record. */
export const routePendShape: Shape<RoutePend> = object<RoutePend>({ verb: oneOf(['routePend']), claimId: opaqueId, version: integer(1), ...fields });

/** What a routing rests on: the claim waits. */
export function routingPreconditions({ claimId }: RoutePend): Preconditions {
  return { ...NO_PRECONDITIONS, open: [claimId] };
}

/** Records where the claim lies from now on. */
export function routePend({ claimId, version, queue, assignee, reasons, dueOn }: RoutePend, parties: Parties, execution: Execution): Effects {
  const document = newDocument(execution, 'routing', { id: claimId, version }, parties, { queue, ...present('assignee', assignee), reasons, dueOn });
  return { documents: [document], opened: [], closed: [], index: [], items: [{ id: claimId, outcome: 'RECORDED', version }] };
}
