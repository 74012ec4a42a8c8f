import { describe, expect, it } from "vitest";
import { sampleClaim, sampleEvidence, sampleId } from "@/lib/client/claim-sample";
import type { Send } from "@/lib/client/outbox-queue";
import type { ClaimView } from "@/lib/domain/claim";
import { nextSeen } from "./claim-record";

const before = sampleClaim({ version: 3, statement: "seen", claimant: "seen" });
const patch = (field: "statement" | "claimant", value: string): Send => ({
  kind: "patch",
  record: "claim",
  recordId: before.id,
  version: 3,
  edits: [
    {
      ...{ kind: "edit", key: field, record: "claim", recordId: before.id, field, value, base: "seen", version: 3 },
      ...{ typedAt: 0, held: null },
    },
  ],
});
const next = (view: ClaimView, own: Send | null, isTyping: boolean) =>
  nextSeen(before, { view, before, own }, isTyping);

describe("what the panel shows next", () => {
  it("is whatever comes in, while nobody types", () => {
    const view = sampleClaim({ version: 4, statement: "theirs" });
    expect(next(view, null, false)).toBe(view);
    expect(nextSeen(null, { view, before: null, own: null }, true)).toBe(view);
  });

  it("is the answer to one’s own change, when nothing else came in between", () => {
    const view = sampleClaim({ version: 4, statement: "mine", claimant: "seen" });
    expect(next(view, patch("statement", "mine"), true)).toBe(view);
  });

  it("stays as it was while one types and somebody else changes what is read here", () => {
    const view = sampleClaim({ version: 4, statement: "theirs", claimant: "seen" });
    expect(next(view, null, true)).toMatchObject({ statement: "seen", version: 3 });
  });

  it("takes one’s own field from an answer that brings somebody else’s as well, and lets theirs wait", () => {
    const view = sampleClaim({ version: 5, statement: "mine", claimant: "theirs" });
    expect(next(view, patch("statement", "mine"), true)).toMatchObject({
      statement: "mine",
      claimant: "seen",
      version: 3,
    });
  });

  it("always tells the state, who holds it and what may be done", () => {
    const abilities = { edit: false, trash: false, due: false, addEvidence: false, editEvidence: [], events: [] };
    const view = sampleClaim({ version: 4, statement: "theirs", state: "returned", abilities });
    expect(next(view, null, true)).toMatchObject({ statement: "seen", state: "returned", abilities });
  });

  it("lets evidence wait that somebody else has added", () => {
    const view = { ...before, version: 4, evidence: [sampleEvidence({ id: sampleId(44) })] };
    expect(next(view, null, true).evidence).toEqual([]);
  });

  it("moves up in version when only what is not read has changed", () => {
    const view = { ...before, version: 4, updatedAt: "2026-11-23T12:00:00.000Z" };
    expect(next(view, null, true)).toBe(view);
  });
});
