import type { TransactionContext } from './envelope.js';
import { severityOf } from './issue.js';
import type { IssueSink, ReadingMode } from './issue.js';
import { element, shownId } from './segment.js';
import type { Segment } from './segment.js';

/** An NM1 and the segments that describe the same party (N3, N4, REF, PER, DMG, PRV…). */
export interface PartyLoop {
  readonly name: Segment;
  readonly segments: Segment[];
}

/** A loop with segments of its own and parties inside it. */
export interface Loop {
  readonly segments: Segment[];
  readonly parties: PartyLoop[];
}

/** 2320 and 2330: another payer of the patient, and what it decided. */
export interface OtherPayerLoop extends Loop {
  readonly start: Segment;
}

/** 2430: another payer's decision about one line. */
export interface LineDecisionLoop {
  readonly start: Segment;
  readonly segments: Segment[];
}

/** 2400: one service line, its LX, drug (2410), parties (2420) and earlier decisions. */
export interface LineLoop extends Loop {
  readonly start: Segment;
  readonly decisions: LineDecisionLoop[];
}

/** One CLM with everything that stands under it, and the levels of the hierarchy above it. */
export interface ClaimLoop extends Loop {
  readonly start: Segment;
  readonly context: TransactionContext | undefined;
  /** Submitter and receiver: the parties in front of the first level. */
  readonly header: Loop;
  readonly billing: Loop | undefined;
  readonly subscriber: Loop | undefined;
  readonly patient: Loop | undefined;
  readonly otherPayers: OtherPayerLoop[];
  readonly lines: LineLoop[];
  /** The segment after which the claim was cut off, when it has more than a claim may have. */
  cutAt?: Segment;
}

/** A claim of the standard has at most 50 lines (999 for institutions); beyond this a file is not a claim file. */
export const MAX_CLAIM_SEGMENTS = 20_000;
/** Levels and headers are kept for every claim under them; this bounds them. */
const MAX_LEVEL_SEGMENTS = 500;

const LEVELS: Readonly<Record<string, 'billing' | 'subscriber' | 'patient'>> = { '20': 'billing', '22': 'subscriber', '23': 'patient' };

const NOT_PARTY = new Set(['LX', 'SV1', 'SV2', 'SV3', 'SVD', 'CAS', 'HI', 'CLM', 'SBR', 'OI', 'AMT', 'DTP', 'LIN', 'CTP', 'HCP', 'CL1', 'PAT', 'QTY', 'NTE', 'PWK', 'CRC', 'LQ', 'FRM']);

/** Groups the segments of one transaction after another into claims. A claim is given out when the next thing begins. */
export class ClaimLoopBuilder {
  readonly #mode: ReadingMode;
  readonly #report: IssueSink;
  #context: TransactionContext | undefined;
  #header: Loop = emptyLoop();
  #billing: Loop | undefined;
  #subscriber: Loop | undefined;
  #patient: Loop | undefined;
  #claim: ClaimLoop | undefined;
  #claimSegments = 0;
  /** Where segments other than NM1 go at the moment, and the party that is open there. */
  #level: Loop = this.#header;
  #party: PartyLoop | undefined;
  #decision: LineDecisionLoop | undefined;

  constructor(mode: ReadingMode, report: IssueSink) {
    this.#mode = mode;
    this.#report = report;
  }

  /** A transaction begins: nothing of the one before counts any more. */
  startTransaction(context: TransactionContext): void {
    this.#context = context;
    this.#billing = this.#subscriber = this.#patient = undefined;
    this.#header = emptyLoop();
    this.#enter(this.#header);
  }

  /** Ends the open claim, at the end of a transaction or of the file. */
  finish(): ClaimLoop | undefined {
    const finished = this.#claim;
    this.#claim = undefined;

    return finished;
  }

  /** Takes the next segment of a transaction; gives the claim that it ends. */
  accept(segment: Segment): ClaimLoop | undefined {
    switch (segment.id) {
      case 'HL': {
        const finished = this.finish();
        this.#startLevel(segment);
        return finished;
      }
      case 'CLM': {
        const finished = this.finish();
        this.#startClaim(segment);
        return finished;
      }
      default:
        this.#place(segment);
        return undefined;
    }
  }

  #startLevel(segment: Segment): void {
    const level = LEVELS[element(segment, 3)];
    const loop = emptyLoop();
    if (level === undefined) this.#issueLevel(segment, 'the level code is not one of 20, 22 and 23');
    if (level === 'billing') {
      this.#billing = loop;
      this.#subscriber = this.#patient = undefined;
    } else if (level === 'subscriber') {
      if (this.#billing === undefined) this.#issueLevel(segment, 'a subscriber level stands outside a billing provider level');
      this.#subscriber = loop;
      this.#patient = undefined;
    } else if (level === 'patient') {
      if (this.#subscriber === undefined) this.#issueLevel(segment, 'a patient level stands outside a subscriber level');
      this.#patient = loop;
    }
    this.#enter(loop);
  }

  #startClaim(segment: Segment): void {
    const claim: ClaimLoop = {
      ...emptyLoop(),
      start: segment,
      context: this.#context,
      header: this.#header,
      billing: this.#billing,
      subscriber: this.#subscriber,
      patient: this.#patient,
      otherPayers: [],
      lines: [],
    };
    this.#claim = claim;
    this.#claimSegments = 0;
    this.#enter(claim);
  }

  #enter(loop: Loop): void {
    this.#level = loop;
    this.#party = undefined;
    this.#decision = undefined;
  }

  #place(segment: Segment): void {
    if (this.#claim !== undefined && !this.#hasRoom(this.#claim, segment)) return;
    switch (segment.id) {
      case 'NM1':
        this.#startParty(segment);
        break;
      case 'SBR':
        this.#startOtherPayer(segment);
        break;
      case 'LX':
        this.#startLine(segment);
        break;
      case 'SV1':
      case 'SV2':
      case 'SV3':
        this.#placeService(segment);
        break;
      case 'SVD':
        this.#startDecision(segment);
        break;
      default:
        this.#append(segment);
    }
  }

  #hasRoom(claim: ClaimLoop, segment: Segment): boolean {
    this.#claimSegments += 1;
    if (this.#claimSegments <= MAX_CLAIM_SEGMENTS) return true;
    claim.cutAt ??= segment;

    return false;
  }

  #startParty(segment: Segment): void {
    if (this.#claim === undefined && this.#level.parties.length >= MAX_LEVEL_SEGMENTS) return;
    this.#party = { name: segment, segments: [] };
    this.#decision = undefined;
    this.#level.parties.push(this.#party);
  }

  /** Inside a claim an SBR begins another payer (2320); above it, it describes the subscriber (2000B). */
  #startOtherPayer(segment: Segment): void {
    if (this.#claim === undefined) {
      this.#append(segment);
      return;
    }
    const loop: OtherPayerLoop = { ...emptyLoop(), start: segment };
    this.#claim.otherPayers.push(loop);
    this.#enter(loop);
  }

  #startLine(segment: Segment): void {
    if (this.#claim === undefined) {
      this.#append(segment);
      return;
    }
    const loop: LineLoop = { ...emptyLoop(), start: segment, decisions: [] };
    this.#claim.lines.push(loop);
    this.#enter(loop);
  }

  /** A service belongs to the line that its LX began; where the LX is missing, the service begins the line. */
  #placeService(segment: Segment): void {
    const line = this.#claim?.lines.at(-1);
    const hasService = line?.segments.some(({ id }) => id.startsWith('SV')) ?? true;
    if (this.#claim !== undefined && hasService) {
      this.#issueLevel(segment, 'a service stands outside a line: its LX is missing');
      this.#startLine(segment);
    }
    this.#append(segment);
  }

  #startDecision(segment: Segment): void {
    const line = this.#claim?.lines.at(-1);
    if (line === undefined) {
      this.#append(segment);
      return;
    }
    this.#party = undefined;
    this.#decision = { start: segment, segments: [] };
    line.decisions.push(this.#decision);
  }

  #append(segment: Segment): void {
    if (NOT_PARTY.has(segment.id)) this.#party = undefined;
    const target = this.#decision?.segments ?? this.#party?.segments ?? this.#level.segments;
    if (this.#claim === undefined && target.length >= MAX_LEVEL_SEGMENTS) return;
    target.push(segment);
  }

  /** The hierarchy of levels and lines is not the standard's here. */
  #issueLevel(segment: Segment, message: string): void {
    this.#report({ code: 'LEVEL_MALFORMED', severity: severityOf('LEVEL_MALFORMED', this.#mode), position: segment.position, segmentId: shownId(segment.id), message });
  }
}

function emptyLoop(): { segments: Segment[]; parties: PartyLoop[] } {
  return { segments: [], parties: [] };
}
