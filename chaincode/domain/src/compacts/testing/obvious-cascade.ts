import { addDays, datesThrough } from '../../shared/dates.js';
import type { PlainDate } from '../../shared/dates.js';
import type { BoardAction, TimelineEntry } from '../../licences/licence-event.js';
import { licenceEventId, licenceId } from '../../licences/licence-key.js';
import { codesOf, effective, obviousWeights } from '../../licences/testing/obvious-standing.js';
import type { Weight } from '../../licences/testing/obvious-standing.js';
import type { History } from './histories.js';

/** A history, as known after one of its events. */
export interface KnownHistory extends History {
  readonly knownAt: number;
}

/** A day before everything that arbitrary histories tell. */
const longAgo = '2025-09-20';
const words: Readonly<Record<string, string>> = { SUSPEND: 'SUSPENSION', SUMMARY: 'SUMMARY_SUSPENSION', REVOKE: 'REVOCATION', SURRENDER: 'SURRENDER' };

/**
 * What follows by section 10 of the medical compact, written a second time without cleverness: lives through every day and
 * writes down what begins on it. Each as `type from-thru stayed by event`, in alphabetical order.
 */
export function obviousCascade(own: KnownHistory, others: readonly KnownHistory[], asOf: PlainDate): readonly string[] {
  const status = new Map<string, { readonly word: string; readonly from: PlainDate }>();
  const ninety = new Map<string, PlainDate>();
  const ended = new Set<string>();
  const weights = new Map(others.map((other) => [other, obviousWeights(other.entries, asOf, other.knownAt)]));
  for (const day of datesThrough(longAgo, asOf)) {
    for (const other of others) {
      for (const weight of graveOn(weights.get(other), day)) if (principalOn(own, day) === licenceId(other.licence)) bite(status, licenceEventId(other.licence, weight.id), weight, day);
      for (const event of enteredOn(other, day)) if (areFellows(own, other, day)) ninety.set(licenceEventId(other.licence, event), day);
    }
    for (const event of endedOn(own, day)) ended.add(event);
  }
  const isStayed = (event: string): boolean => others.some((other) => (weights.get(other)?.get(asOf) ?? []).some((weight) => weight.stayed && isGrave(weight) && licenceEventId(other.licence, weight.id) === event));
  return [
    ...[...status].filter(([event]) => !ended.has(event)).map(([event, { word, from }]) => `${words[word] ?? word} ${from}-${isStayed(event) ? ' stayed' : ''} by ${event}`),
    ...[...ninety].filter(([event, from]) => !ended.has(event) && asOf < addDays(from, 90)).map(([event, from]) => `SUSPENSION ${from}-${addDays(from, 89)}${others.some((other) => isOrderStayed(other, event, asOf)) ? ' stayed' : ''} by ${event}`),
  ].sort();
}

function bite(status: Map<string, { readonly word: string; readonly from: PlainDate }>, event: string, { word, stayed }: Weight, day: PlainDate): void {
  if (!stayed) status.set(event, { word, from: status.get(event)?.from ?? day });
}

function graveOn(days: ReadonlyMap<PlainDate, readonly Weight[]> | undefined, day: PlainDate): readonly Weight[] {
  return (days?.get(day) ?? []).filter(isGrave);
}

function isGrave({ word, codes }: Weight): boolean {
  return word === 'SUSPEND' || word === 'SUMMARY' || word === 'REVOKE' || (word === 'SURRENDER' && codes.length > 0);
}

function knownOf({ entries, knownAt }: KnownHistory): readonly TimelineEntry[] {
  return entries.filter(({ sequence }) => sequence <= knownAt);
}

/** The designation of the latest day so far, and of that day the last recorded. */
function principalOn(history: KnownHistory, day: PlainDate): string | undefined {
  const known = knownOf(history);
  let best: Extract<BoardAction, { type: 'DESIGNATE_PRINCIPAL' }> | undefined;
  for (const entry of known.filter(({ kind }) => kind === 'INITIAL')) {
    const action = effective(entry, known);
    if (action?.type === 'DESIGNATE_PRINCIPAL' && action.effectiveFrom <= day && (best === undefined || action.effectiveFrom >= best.effectiveFrom)) best = action;
  }
  return best?.rule === 'imlc/1' ? licenceId(best.principal) : undefined;
}

function areFellows(own: KnownHistory, other: KnownHistory, day: PlainDate): boolean {
  const principal = principalOn(other, day);
  return principal !== undefined && principal !== licenceId(other.licence) && principal === principalOn(own, day);
}

/** Events of a history whose orders, entered on the day, took the licence away. */
function enteredOn(history: KnownHistory, day: PlainDate): readonly number[] {
  const known = knownOf(history);
  return known.filter((entry) => (entry.enteredOn ?? entry.action?.effectiveFrom) === day && tookAway(entry, known)).map(({ sequence }) => sequence);
}

function tookAway(entry: TimelineEntry, known: readonly TimelineEntry[]): boolean {
  const action = effective(entry, known);
  const about = known.find(({ sequence }) => sequence === entry.target);
  if (action === undefined) return false;
  if (entry.kind === 'INITIAL') return isGraveAction(action);
  if (entry.kind === 'REVISION' && about !== undefined) return isGraveAction(action) && contentBefore(entry, action, about, known)?.type !== action.type;
  return entry.kind === 'STAY_LIFTED' && about !== undefined && wasStayedWhole(about, action, known);
}

function wasStayedWhole(stay: TimelineEntry, lift: BoardAction, known: readonly TimelineEntry[]): boolean {
  const stayed = known.find(({ sequence }) => sequence === stay.target);
  const content = stayed && contentOn(stayed, lift.effectiveFrom, known);
  return stay.action?.type === 'STAY' && stay.action.codes === undefined && content !== undefined && isGraveAction(content);
}

/** What the action was just before a revision took its place. */
function contentBefore(revision: TimelineEntry, { effectiveFrom }: BoardAction, initial: TimelineEntry, known: readonly TimelineEntry[]): BoardAction | undefined {
  let best: BoardAction | undefined;
  for (const other of known.filter(({ kind, target }) => kind === 'REVISION' && target === initial.sequence)) {
    const content = effective(other, known);
    const isBefore = content !== undefined && (content.effectiveFrom < effectiveFrom || (content.effectiveFrom === effectiveFrom && other.sequence < revision.sequence));
    if (isBefore && (best === undefined || content.effectiveFrom >= best.effectiveFrom)) best = content;
  }
  return best ?? effective(initial, known);
}

function contentOn(initial: TimelineEntry, day: PlainDate, known: readonly TimelineEntry[]): BoardAction | undefined {
  if (effective(initial, known) === undefined) return undefined;
  return contentBefore({ ...initial, sequence: Number.MAX_SAFE_INTEGER }, { type: 'APPEAL', effectiveFrom: day }, initial, known);
}

function isGraveAction(action: BoardAction): boolean {
  return action.type === 'SUSPEND' || action.type === 'REVOKE' || (action.type === 'SURRENDER' && action.inLieuOfDiscipline);
}

function endedOn(own: KnownHistory, day: PlainDate): readonly string[] {
  const known = knownOf(own);
  const actions = known.filter(({ kind }) => kind === 'INITIAL').map((entry) => effective(entry, known));
  return actions.flatMap((action) => (action?.type === 'REINSTATE' && action.effectiveFrom === day ? (action.endsDerived ?? []) : [])).map(({ licence, event }) => licenceEventId(licence, event));
}

/** Whether the action that an order was about is stayed on the day, whole or in all its codes. */
function isOrderStayed(history: KnownHistory, order: string, day: PlainDate): boolean {
  const known = knownOf(history);
  const event = known.find(({ sequence }) => licenceEventId(history.licence, sequence) === order);
  const initial = event === undefined ? undefined : initialOf(event, known);
  const content = initial && contentOn(initial, day, known);
  if (initial === undefined || content === undefined) return false;
  const stays = known.flatMap((entry) => (entry.kind === 'STAY' && entry.target === initial.sequence && holds(entry, day, known) && entry.action?.type === 'STAY' ? [entry.action.codes] : []));
  const codes = codesOf(content);
  return stays.includes(undefined) || (codes.length > 0 && codes.every((code) => stays.some((some) => some?.includes(code))));
}

function initialOf(event: TimelineEntry, known: readonly TimelineEntry[]): TimelineEntry | undefined {
  if (event.kind === 'INITIAL') return event;
  const about = known.find(({ sequence }) => sequence === event.target);
  return about === undefined ? undefined : initialOf(about, known);
}

function holds(stay: TimelineEntry, day: PlainDate, known: readonly TimelineEntry[]): boolean {
  const action = effective(stay, known);
  if (action?.type !== 'STAY' || action.effectiveFrom > day || (action.effectiveThru ?? day) < day) return false;
  return !known.some((entry) => entry.kind === 'STAY_LIFTED' && entry.target === stay.sequence && (effective(entry, known)?.effectiveFrom ?? '9') <= day);
}
