/**
 * What waits to be sent for one claim, as plain data and pure functions: what a person typed, field by field with the value
 * and the version it was typed over, and what they asked for, in order. Every rule of "nothing typed is lost, nothing is
 * overwritten unseen" is here. It knows no network, no clock, no database and no React; it must never drop a text that
 * neither the server nor the person has taken.
 */
import type { AnchorView } from "../domain/anchor";
import { type ClaimPatch, type ClaimTransition, type ClaimView, claimPatch } from "../domain/claim";
import { type EvidenceView, evidencePatch } from "../domain/evidence";
import { isAt, type PlaceInput } from "../domain/place";
import { isSure } from "../domain/revision";
import { plainText, type RichText } from "../domain/rich-text";
import type { SourceView } from "../domain/source";
import { isDone, type WordingDecision } from "../domain/wording";
import type { WorkflowState } from "../domain/workflow";

export type EditableRecord = "claim" | "evidence";
type ClaimField = keyof ClaimPatch;
type EvidenceField = "stance" | "excerpt" | "locator" | "shows";

/** Why an entry is not sent until the person has looked at it. */
export type Held =
  | { because: "conflict"; theirs: unknown; version: number }
  | { because: "refused"; message: string }
  | { because: "gone" }
  | { because: "trashed" };

/** One field as it was typed. Typing on changes `value`; what it was typed over stays until the server has answered. */
export type Edit = {
  kind: "edit";
  key: string;
  record: EditableRecord;
  recordId: string;
  field: ClaimField | EvidenceField;
  /** The value and the version of the record that the person saw when they began to type. */
  base: unknown;
  version: number;
  value: unknown;
  /** What is or may be on its way, the newest last: an answer that never came may still have been a yes. */
  sent?: readonly unknown[];
  /** Milliseconds since 1970. */
  typedAt: number;
  held: Held | null;
};

/** The calls that go through the outbox as they are, each with what the panel shows of it until it is answered. */
export type Request =
  | { name: "createClaim"; params: { articleId: string }; body: unknown }
  | { name: "moveClaim"; params: { claimId: string }; body: ClaimTransition }
  | { name: "decideWording"; params: { claimId: string }; body: WordingDecision }
  | { name: "trashClaim" | "restoreClaim"; params: { claimId: string } }
  | { name: "answerQuery"; params: { queryId: string }; body: { answer: string } }
  | { name: "createSource"; params: Record<string, never>; body: { id: string } & Record<string, unknown> }
  | {
      name: "createEvidence";
      params: { claimId: string };
      body: Pick<EvidenceView, "id" | EvidenceField> & { sourceId: string };
      source: SourceView;
    }
  | { name: "removeEvidence"; params: { evidenceId: string } }
  | { name: "restoreEvidence"; params: { evidenceId: string }; evidence: EvidenceView }
  | { name: "orderEvidence"; params: { claimId: string }; body: { ids: string[] } }
  /** `before`: the anchor as the person saw it; null for a new place. */
  | { name: "placeClaim"; params: PlaceParams; body: PlaceInput; articleId: string; before: AnchorView | null }
  | { name: "removePlace"; params: PlaceParams; query: { change: string }; before: AnchorView }
  | { name: "undoPlaceChange"; params: { changeId: string } };

type PlaceParams = { claimId: string; anchorId: string };

/** Those that name the version of the claim that they were asked on. */
export const namesVersion: ReadonlySet<Request["name"]> = new Set([
  ...(["moveClaim", "decideWording", "placeClaim", "removePlace"] as const),
]);

export type Command = {
  kind: "command";
  key: string;
  request: Request;
  /** For what names a version: the version and the state of the claim that the person saw. */
  version: number | null;
  seen: WorkflowState | null;
  /** It was sent at least once and no answer came. */
  uncertain: boolean;
  askedAt: number;
  held: Held | null;
};

export type Entry = Edit | Command;

/** All that waits for one claim, in the order it is sent, and what is written but not yet given off: a question, a reason, a new source. */
export type Queue = { claimId: string; entries: readonly Entry[]; drafts: Readonly<Record<string, unknown>> };

export const emptyQueue = (claimId: string): Queue => ({ claimId, entries: [], drafts: {} });
export const isEmpty = (queue: Queue): boolean => queue.entries.length === 0 && Object.keys(queue.drafts).length === 0;

/** Equal as JSON, whatever the order of the keys: PostgreSQL's jsonb does not keep it. Absent and undefined are one. */
export function same(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  if (Array.isArray(a) || Array.isArray(b))
    return Array.isArray(a) && Array.isArray(b) && a.length === b.length && a.every((item, i) => same(item, b[i]));
  const [left, right] = [a as Record<string, unknown>, b as Record<string, unknown>];
  return [...new Set([...Object.keys(left), ...Object.keys(right)])].every((key) => same(left[key], right[key]));
}

export const editKey = (record: EditableRecord, recordId: string, field: string) => `${record}/${recordId}/${field}`;

/** What the field holds in a view; `undefined` when the record is no longer in it. */
export function valueIn(view: ClaimView, edit: Pick<Edit, "record" | "recordId" | "field">): unknown {
  if (edit.record === "claim") return view[edit.field as ClaimField];
  return view.evidence.find(({ id }) => id === edit.recordId)?.[edit.field as EvidenceField];
}

function versionIn(view: ClaimView, edit: Pick<Edit, "record" | "recordId">): number {
  if (edit.record === "claim") return view.version;
  return view.evidence.find(({ id }) => id === edit.recordId)?.version ?? 0;
}

/** A field without a word in it is none. */
function withoutEmptiness(field: string, value: unknown): unknown {
  if (field === "rationale" && value && plainText(value as RichText).trim() === "") return null;
  if ((field === "claimant" || field === "dueOn") && value === "") return null;
  return value;
}

type Typed = Pick<Edit, "record" | "field" | "value">;

const parsed = ({ record, field, value }: Typed) =>
  (record === "claim" ? claimPatch : evidencePatch).safeParse({ [field]: value });

/** The value as the server will keep it (a line trimmed, its blanks folded), so that it is known again; as it is when it will be refused. */
export function asKept({ record, field, value }: Typed): unknown {
  const result = parsed({ record, field, value: withoutEmptiness(field, value) });
  const kept = result.success ? (result.data as Record<string, unknown>)[field] : value;
  return withoutEmptiness(field, kept);
}

/** What the schema says against a value, before it is ever sent; null when nothing. */
export function objection(typed: Typed): string | null {
  const result = parsed(typed);
  return result.success ? null : (result.error.issues[0]?.message ?? null);
}

const replace = (queue: Queue, key: string, change: (entry: Entry) => Entry | null): Queue => ({
  ...queue,
  entries: queue.entries.flatMap((entry) => {
    if (entry.key !== key) return [entry];
    const changed = change(entry);
    return changed ? [changed] : [];
  }),
});

const append = (queue: Queue, entry: Entry): Queue => ({ ...queue, entries: [...queue.entries, entry] });
export const without = (queue: Queue, key: string): Queue => replace(queue, key, () => null);

/** Every keystroke. A field typed back to what it was needs no sending, unless something else may be on its way. */
export function typed(queue: Queue, input: Omit<Edit, "kind" | "key" | "held" | "sent">): Queue {
  const key = editKey(input.record, input.recordId, input.field);
  const value = asKept(input);
  const reason = objection({ ...input, value });
  const refused: Held | null = reason ? { because: "refused", message: reason } : null;
  if (!queue.entries.some((entry) => entry.key === key)) {
    if (same(value, input.base)) return queue;
    return append(queue, { ...input, kind: "edit", key, value, held: refused });
  }
  return replace(queue, key, (entry) => {
    if (entry.kind !== "edit") return entry;
    if (same(value, entry.base) && !entry.sent && entry.held?.because !== "conflict") return null;
    const held = entry.held && entry.held.because !== "refused" ? entry.held : refused;
    return { ...entry, value, typedAt: input.typedAt, held };
  });
}

export function asked(queue: Queue, command: Omit<Command, "kind" | "held" | "uncertain">): Queue {
  if (queue.entries.some((entry) => entry.key === command.key)) return queue;
  return append(queue, { ...command, kind: "command", uncertain: false, held: null });
}

export function drafted(queue: Queue, name: string, value: unknown): Queue {
  const { [name]: _, ...others } = queue.drafts;
  return { ...queue, drafts: value === null || value === "" ? others : { ...others, [name]: value } };
}

/** The state that an event leads to, to know a lost answer again. `same` states cannot be known. */
const leadsTo: Partial<Record<ClaimTransition["event"], WorkflowState>> = {
  take: "in_check",
  ask: "needs_info",
  resume: "in_check",
  submit: "in_review",
  withdraw: "in_check",
  return: "returned",
  approve: "approved",
  set_aside: "set_aside",
  reopen: "open",
};
/** Nobody submits, approves or returns what they have not seen: these hold only on the version that was looked at. */
export const bindsVersion: ReadonlySet<string> = new Set(["submit", "approve", "return"]);

const changedMeanwhile: Held = {
  because: "refused",
  message: "Somebody changed this claim in the meantime. Look at it, then do it again.",
};

const rewordedMeanwhile: Held = {
  because: "refused",
  message: "Somebody changed the suggested wording in the meantime. Look at it, then do it again.",
};

const answeredMeanwhile: Held = { because: "refused", message: "Somebody else has answered this query meanwhile." };

/**
 * The queue over a fresh view of the claim. A field that only the person changed moves up to the new version; one that both
 * changed is held with both texts; one that already says what was typed is done.
 */
export function rebased(queue: Queue, view: ClaimView): Queue {
  const restoring = queue.entries.some((entry) => entry.kind === "command" && entry.request.name === "restoreClaim");
  const created = new Set(
    queue.entries.flatMap((entry) =>
      entry.kind === "command" && entry.request.name === "createEvidence" ? [entry.request.body.id] : [],
    ),
  );
  const revived = new Set(
    queue.entries.flatMap((entry) =>
      entry.kind === "command" && entry.request.name === "restoreEvidence" ? [entry.request.params.evidenceId] : [],
    ),
  );
  const entries = queue.entries.flatMap((entry): Entry[] => {
    if (view.trashedAt !== null) {
      const isRestore = entry.kind === "command" && ["restoreClaim", "trashClaim"].includes(entry.request.name);
      return isRestore || restoring ? [entry] : [{ ...entry, held: { because: "trashed" } }];
    }
    if (entry.kind === "command") return rebasedCommand(entry, view);
    const theirs = valueIn(view, entry);
    if (theirs === undefined) {
      const coming = created.has(entry.recordId) || revived.has(entry.recordId);
      return [coming ? entry : { ...entry, held: { because: "gone" } }];
    }
    return rebasedEdit(entry, theirs, versionIn(view, entry));
  });
  return { ...queue, entries };
}

function rebasedEdit(edit: Edit, theirs: unknown, version: number): Entry[] {
  if (same(theirs, edit.value)) return [];
  const refused = edit.held?.because === "refused" ? edit.held : null;
  if (edit.sent?.some((value) => same(theirs, value))) {
    const { sent, ...rest } = edit;
    return [{ ...rest, base: theirs, version, held: refused }];
  }
  if (same(theirs, edit.base)) return [{ ...edit, version, held: refused }];
  return [{ ...edit, held: { because: "conflict", theirs, version } }];
}

function rebasedCommand(command: Command, view: ClaimView): Entry[] {
  const held = command.held?.because === "trashed" ? null : command.held;
  if (command.request.name === "answerQuery") {
    const { queryId } = command.request.params;
    const stands = view.queries.find(({ id }) => id === queryId)?.answer ?? null;
    if (stands === command.request.body.answer.trim()) return [];
    return [{ ...command, held: stands === null ? held : answeredMeanwhile }];
  }
  if (command.request.name === "placeClaim" || command.request.name === "removePlace")
    return rebasedPlace(command, command.request, view, held);
  if (command.request.name === "decideWording") {
    const { suggestion } = view;
    const stands = suggestion && !isDone(suggestion) ? suggestion.state : null;
    return command.uncertain && stands === command.request.body.state ? [] : [{ ...command, held }];
  }
  if (command.request.name !== "moveClaim") return [{ ...command, held }];
  const { event } = command.request.body;
  if (command.uncertain && leadsTo[event] === view.state && command.seen !== view.state) return [];
  if (bindsVersion.has(event) || held) return [{ ...command, held }];
  if (command.seen !== view.state) return [{ ...command, held: changedMeanwhile }];
  return [{ ...command, version: view.version, held }];
}

const samePlace = (one: AnchorView | null, other: AnchorView | null): boolean =>
  one === null || other === null
    ? one === other
    : isAt(one, other) && one.exact === other.exact && one.state === other.state && one.revisionId === other.revisionId;

/** What is done to a place holds over whatever else has changed in the claim, but not over the place itself. */
function rebasedPlace(
  command: Command,
  request: Extract<Request, { name: "placeClaim" | "removePlace" }>,
  view: ClaimView,
  held: Held | null,
): Entry[] {
  const anchor = view.anchors.find(({ id }) => id === request.params.anchorId) ?? null;
  const isDone =
    request.name === "removePlace"
      ? anchor === null
      : anchor !== null && isSure(anchor.state) && isAt(anchor, request.body) && !samePlace(anchor, request.before);
  if (isDone) return [];
  if (samePlace(anchor, request.before)) return [{ ...command, version: view.version, held }];
  return [{ ...command, held: changedMeanwhile }];
}
const isDecision = ({ name }: Request) => name === "moveClaim" || name === "decideWording";

export type Send =
  | { kind: "patch"; record: EditableRecord; recordId: string; version: number; edits: Edit[] }
  | { kind: "command"; command: Command };

/** The records that cannot be written to yet, because what makes them is held. */
function unmade(queue: Queue): Set<string> {
  return new Set(
    queue.entries.flatMap((entry) => {
      if (entry.kind !== "command" || !entry.held) return [];
      if (entry.request.name === "createClaim") return ["*"];
      return entry.request.name === "createEvidence" ? [entry.request.body.id] : [];
    }),
  );
}

/**
 * What goes out next: all fields of one record that stand before the next command, or that command. A workflow event never
 * overtakes a text that is held.
 */
export function nextSend(queue: Queue): Send | null {
  const missing = unmade(queue);
  if (missing.has("*")) return null;
  let held = false;
  for (const [index, entry] of queue.entries.entries()) {
    if (entry.held) {
      held = true;
      continue;
    }
    if (entry.kind === "command") {
      // Nothing is submitted that lacks a sentence, and nothing is accepted but what stands there.
      if (isDecision(entry.request) && held) continue;
      return { kind: "command", command: entry };
    }
    if (missing.has(entry.recordId)) continue;
    const next = queue.entries.findIndex((other, at) => at > index && other.kind === "command");
    const batch = queue.entries
      .slice(index, next === -1 ? undefined : next)
      .filter(
        (other): other is Edit =>
          other.kind === "edit" && !other.held && other.record === entry.record && other.recordId === entry.recordId,
      );
    const version = Math.min(...batch.map((edit) => edit.version));
    return { kind: "patch", record: entry.record, recordId: entry.recordId, version, edits: batch };
  }
  return null;
}

/** An older text than these would come back as a conflict of the person with themselves: shown, and nothing lost. */
const mostSent = 20;
const withSent = (sent: readonly unknown[] = [], value: unknown): readonly unknown[] =>
  [...sent.filter((other) => !same(other, value)), value].slice(-mostSent);

/** Noted before it goes out, so that an answer that is lost is known again. */
export function leaving(queue: Queue, send: Send): Queue {
  if (send.kind === "command")
    return replace(queue, send.command.key, (entry) =>
      entry.kind === "command" ? { ...entry, uncertain: true } : entry,
    );
  return send.edits.reduce(
    (result, { key, value }) =>
      replace(result, key, (entry) =>
        entry.kind === "edit" ? { ...entry, sent: withSent(entry.sent, value) } : entry,
      ),
    queue,
  );
}

/** The server took it. What was typed since stays, now over what the server holds. */
export function taken(queue: Queue, send: Send, view: ClaimView | null, versionBefore: number | null): Queue {
  let result = queue;
  if (send.kind === "command") result = without(result, send.command.key);
  else
    for (const { key, value } of send.edits)
      result = replace(result, key, (entry) => {
        if (entry.kind !== "edit" || same(entry.value, value)) return null;
        const { sent, ...rest } = entry;
        const stands = view ? valueIn(view, entry) : undefined;
        return { ...rest, base: stands === undefined ? value : stands };
      });
  if (!view) return result;
  // Our own change is one that we have seen: an approval that waits behind it moves up with it.
  result = {
    ...result,
    entries: result.entries.map((entry) =>
      entry.kind === "command" && entry.version === versionBefore && view.version === (versionBefore ?? 0) + 1
        ? { ...entry, version: view.version }
        : entry,
    ),
  };
  return rebased(result, view);
}

/** The server refused it, and would again: held with its reason, at the field where one is named. */
export function refused(
  queue: Queue,
  send: Send,
  message: string,
  fields: readonly { path: string; message: string }[] = [],
): Queue {
  if (send.kind === "command") {
    const [first] = fields;
    const whole = first && !message.includes(first.message) ? `${message} ${first.message}` : message;
    return replace(queue, send.command.key, (entry) => ({ ...entry, held: { because: "refused", message: whole } }));
  }
  const reasonFor = (field: string) =>
    fields.find(({ path }) => path === field || path.startsWith(`${field}.`))?.message ?? null;
  const anyNamed = send.edits.some(({ field }) => reasonFor(field) !== null);
  return send.edits.reduce(
    (result, { key, field, value }) =>
      replace(result, key, (entry) => {
        if (entry.kind !== "edit") return entry;
        const { sent, ...rest } = entry;
        if (!same(entry.value, value)) return rest;
        const reason = anyNamed ? (reasonFor(field) === null ? null : message) : message;
        return { ...rest, held: reason === null ? null : { because: "refused", message: reason } };
      }),
    queue,
  );
}

/** The server has a newer version. Nothing that binds what was seen is done on what was not. */
export function contested(queue: Queue, send: Send, current: ClaimView): Queue {
  const moved = rebased(queue, current);
  if (send.kind !== "command" || current.trashedAt !== null) return moved;
  const { key, request } = send.command;
  if (request.name === "decideWording") return replace(moved, key, (entry) => ({ ...entry, held: rewordedMeanwhile }));
  if (request.name !== "moveClaim" || !bindsVersion.has(request.body.event)) return moved;
  return replace(moved, key, (entry) => ({ ...entry, held: changedMeanwhile }));
}

/** The claim is not there any more: everything is kept to be read and copied. */
export const orphaned = (queue: Queue): Queue => ({
  ...queue,
  entries: queue.entries.map((entry) => ({ ...entry, held: { because: "gone" } })),
});

/** The person's answer to a conflict: their own text or a merge, knowingly over the other one. */
export function resolved(queue: Queue, key: string, chosen: unknown): Queue {
  return replace(queue, key, (entry) => {
    if (entry.kind !== "edit" || entry.held?.because !== "conflict") return entry;
    const value = asKept({ ...entry, value: chosen });
    const { theirs, version } = entry.held;
    const { sent, ...rest } = entry;
    if (same(value, theirs)) return null;
    const reason = objection({ ...entry, value });
    return { ...rest, base: theirs, version, value, held: reason ? { because: "refused", message: reason } : null };
  });
}

/** Once more, after a refusal that may have passed (a role, a limit). */
export const retried = (queue: Queue, key: string): Queue => replace(queue, key, (entry) => ({ ...entry, held: null }));

/** The library had this address already: what waits for the new source goes to the one that is there. */
export function sourceReplaced(queue: Queue, from: string, source: SourceView): Queue {
  return {
    ...queue,
    entries: queue.entries.map((entry) =>
      entry.kind === "command" && entry.request.name === "createEvidence" && entry.request.body.sourceId === from
        ? { ...entry, request: { ...entry.request, source, body: { ...entry.request.body, sourceId: source.id } } }
        : entry,
    ),
  };
}

/** The name of the change that an entry makes to a place. */
function placeChangeOf(entry: Entry): string | null {
  if (entry.kind !== "command") return null;
  const { request } = entry;
  if (request.name === "placeClaim") return request.body.change;
  return request.name === "removePlace" ? request.query.change : null;
}

/** The claim as the person has it before them: what the server holds, with all that waits laid over it. */
export function projected(view: ClaimView, queue: Queue): ClaimView {
  const undone = new Set(
    queue.entries.flatMap((entry) =>
      entry.kind === "command" && !entry.held && entry.request.name === "undoPlaceChange"
        ? [entry.request.params.changeId]
        : [],
    ),
  );
  return queue.entries.filter((entry) => !undone.has(placeChangeOf(entry) ?? "")).reduce(withEntry, view);
}

function withEntry(view: ClaimView, entry: Entry): ClaimView {
  if (entry.kind === "command") return entry.held ? view : withCommand(view, entry.request);
  if (entry.record === "claim") return { ...view, [entry.field]: entry.value };
  const evidence = view.evidence.map((row) =>
    row.id === entry.recordId ? { ...row, [entry.field]: entry.value } : row,
  );
  return { ...view, evidence };
}

function withCommand(view: ClaimView, request: Request): ClaimView {
  switch (request.name) {
    case "createEvidence": {
      const { id, stance, excerpt, locator, shows } = request.body;
      if (view.evidence.some((row) => row.id === id)) return view;
      const made = { createdById: view.createdById, createdAt: view.updatedAt, version: 1, claimId: view.id };
      const row: EvidenceView = { ...made, id, source: request.source, stance, excerpt, locator, shows };
      const { abilities } = view;
      const editEvidence = [...abilities.editEvidence, id];
      return { ...view, evidence: [...view.evidence, row], abilities: { ...abilities, editEvidence } };
    }
    case "removeEvidence":
      return { ...view, evidence: view.evidence.filter(({ id }) => id !== request.params.evidenceId) };
    case "restoreEvidence":
      if (view.evidence.some(({ id }) => id === request.params.evidenceId)) return view;
      return { ...view, evidence: [...view.evidence, request.evidence] };
    case "orderEvidence": {
      const place = (row: EvidenceView) => {
        const at = request.body.ids.indexOf(row.id);
        return at === -1 ? Number.MAX_SAFE_INTEGER : at;
      };
      return { ...view, evidence: view.evidence.toSorted((a, b) => place(a) - place(b)) };
    }
    case "placeClaim": {
      const { name: _, params, body, articleId, before } = request;
      const { change: __, ...words } = body;
      const anchor: AnchorView = {
        ...{ id: params.anchorId, articleId, ...words },
        ...{ prefix: before?.prefix ?? "", suffix: before?.suffix ?? "", state: "anchored", was: null },
      };
      const others = view.anchors.filter(({ id }) => id !== anchor.id);
      const at = before ? view.anchors.findIndex(({ id }) => id === anchor.id) : others.length;
      return { ...view, anchors: others.toSpliced(at === -1 ? others.length : at, 0, anchor) };
    }
    case "removePlace":
      return { ...view, anchors: view.anchors.filter(({ id }) => id !== request.params.anchorId) };
    default:
      return view;
  }
}
