"use client";
/** From selected words to a claim: at once here, and on its way to the server through the outbox. */
import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { toast } from "sonner";
import { v7 as newId } from "uuid";
import { unsavedVersion } from "@/lib/client/claim-store";
import { outboxOf } from "@/lib/client/outbox";
import { unseen } from "@/lib/client/seen-claim";
import { undoStack } from "@/lib/client/undo";
import { quoteOf, tidyRange } from "@/lib/domain/anchor";
import type { ArticleView } from "@/lib/domain/article";
import { type ClaimCreate, type ClaimView, summaryOf } from "@/lib/domain/claim";
import { limits } from "@/lib/domain/limits";
import type { Actor } from "@/lib/domain/people";
import { growToSentence } from "@/lib/domain/sentences";
import { offeredEvents } from "@/lib/domain/workflow";
import type { ArticleSurface } from "@/lib/editor/article-surface";
import type { WorkspaceServices } from "./workspace-context";

type ArticleOfClaim = Pick<ArticleView, "id" | "headline" | "fourEyes">;

/** The claim as the server will make it, until it has. */
export function provisionalClaim(
  body: ClaimCreate,
  { article, actor }: { article: ArticleOfClaim; actor: Omit<Actor, "sessionId"> },
): ClaimView {
  const { id: articleId, headline, fourEyes } = article;
  const now = new Date().toISOString();
  const { id, name } = actor;
  const state = "open" as const;
  const person = { assigneeId: null, verdictById: null, rationaleById: null, setAsideById: null };
  const content = { hasVerdict: false, hasRationale: false, hasEvidence: false, hasOrphan: false, openQueries: 0 };
  return {
    ...{ id: body.id, articleId, revisionId: body.revisionId, version: unsavedVersion, state },
    statement: body.statement ?? quoteOf(body.anchors).slice(0, limits.textField).toWellFormed(),
    articles: [{ id: articleId, headline, trashed: false }],
    anchors: body.anchors.map((anchor) => ({
      ...anchor,
      ...{ prefix: "", suffix: "", state: "anchored", was: null, articleId, revisionId: body.revisionId },
    })),
    ...{ claimant: null, ratingId: null, confidence: null, rationale: null, assignee: null, dueOn: null },
    ...{ createdById: id, createdBy: { id, name }, createdAt: now, updatedAt: now },
    ...{ verdictBy: null, approvedBy: null, approvedAt: null, stateReason: null, setAsideAs: null },
    ...{ duplicateOfId: null, trashedAt: null, changes: [], evidence: [], queries: [], openQueries: 0 },
    ...{ wording: null, wordingNote: "", wordingAnchorId: null, suggestion: null },
    abilities: {
      ...{ edit: true, trash: true, due: actor.role !== "reviewer", place: true, settle: true },
      ...{ addEvidence: true, editEvidence: [], decideWording: actor.role === "editor" },
      events: offeredEvents({ ...actor, sessionId: "" }, { state, ...person, ...content, fourEyes }),
    },
  };
}

export function useMarking(surface: ArticleSurface | null, services: WorkspaceServices) {
  const t = useTranslations("workspace.mark");
  const frame = useTranslations("frame");
  return useMemo(() => {
    const { store, actor, article, announce, setActiveClaim } = services;
    const say = (sentence: string) => {
      announce(sentence);
      toast(sentence);
    };
    return {
      mark(): void {
        const selected = surface?.selection();
        if (!surface || !article.abilities.mark) return;
        const range = selected ? tidyRange(surface.text, selected) : null;
        if (!range) {
          say(t(selected ? "blank" : "nothing"));
          return;
        }
        if (range.end - range.start > limits.anchorCharacters) {
          say(t("tooLong", { count: range.end - range.start, most: limits.anchorCharacters }));
          return;
        }
        if (store.all().length >= limits.claimsPerArticle) {
          say(t("full", { most: limits.claimsPerArticle }));
          return;
        }
        const exact = surface.text.slice(range.start, range.end);
        const body = { id: newId(), revisionId: article.revision.id, anchors: [{ id: newId(), ...range, exact }] };
        const provisional = provisionalClaim(body, { article, actor });
        const outbox = outboxOf(actor.id);
        surface.together(() => {
          store.applySummary(summaryOf(provisional));
          outbox.createClaim(article.id, body, provisional);
          surface.select({ start: range.end, end: range.end }, { focus: surface.hasFocus() });
          setActiveClaim(body.id);
        });
        announce(t("marked", { words: provisional.statement.slice(0, 200) }));
        const undo = () => {
          // Whatever was done to it since is not to go with it.
          const now = store.view(body.id) ?? outbox.state(body.id).view;
          const isNewest = now !== null && (store.get(body.id)?.version ?? 0) <= now.version;
          if (!isNewest || now.state !== provisional.state || unseen(provisional, now) > 0) return false;
          store.remove(body.id);
          setActiveClaim(null);
          outbox.trash(body.id);
        };
        const id = undoStack.push({ claimId: body.id, label: t("undo"), undo, place: location.pathname });
        // One place for all: whoever marks a dozen in a row is not to be buried in toasts.
        const action = { label: frame("undo"), onClick: () => undoStack.undo({ id }) };
        toast(t("undo"), { id: "marked", duration: 5_000, action });
      },
      grow(): void {
        const selected = surface?.selection();
        if (!surface || !selected) {
          say(t("nothing"));
          return;
        }
        const range = growToSentence(surface.text, selected, article.language);
        surface.select(range, { focus: true });
        announce(t("grown", { words: surface.text.slice(range.start, range.end).slice(0, 300) }));
      },
    };
  }, [surface, services, t, frame]);
}
