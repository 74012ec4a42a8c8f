"use client";
/** What a person does to the places of a claim, with its way back: the same from the panel, from a key and from the bar at the selection. */
import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { toast } from "sonner";
import { v7 as newId } from "uuid";
import type { WorkspaceServices } from "@/components/workspace/workspace-context";
import { outboxOf, type WordsIn } from "@/lib/client/outbox";
import { undoStack } from "@/lib/client/undo";
import type { AnchorView } from "@/lib/domain/anchor";
import { isAt } from "@/lib/domain/place";
import { isPlaced, isSure } from "@/lib/domain/revision";

type Done = "added" | "found" | "confirmed" | "moved" | "removed";

/** Characters of a quote that are said and shown where it only reminds. */
export const reminder = (words: string): string =>
  words.length > 80 ? `${words.slice(0, 80).toWellFormed()} …` : words;

export function usePlaceActions({ actor, announce }: Pick<WorkspaceServices, "actor" | "announce">) {
  const t = useTranslations("places");
  const frame = useTranslations("frame");
  return useMemo(() => {
    /** Says why nothing happened. */
    const refuse = (reason: string): false => {
      announce(t(`refusal.${reason}`));
      toast(t(`refusal.${reason}`));
      return false;
    };
    const read = async (claimId: string) => {
      const outbox = outboxOf(actor.id);
      if (!outbox.state(claimId).view) await outbox.open(claimId);
      const { seen, shown } = outbox.state(claimId);
      return seen && shown ? { outbox, seen, shown } : null;
    };
    const remember = (claimId: string, done: Done, words: string, change: string) => {
      const label = t(`done.${done}`);
      const undo = () => void outboxOf(actor.id).undoPlaceChange(claimId, change);
      const id = undoStack.push({ claimId, label, undo, place: location.pathname });
      toast(label, { id: "place", action: { label: frame("undo"), onClick: () => undoStack.undo({ id }) } });
      announce(t("said", { what: label, words: reminder(words) }));
    };
    /** Says that one of the claim's places, or one more, is on these words. False, with a word, when it cannot be. */
    const stand = async (claimId: string, anchorId: string | null, words: WordsIn): Promise<boolean> => {
      const claim = await read(claimId);
      if (!claim) return refuse("unread");
      const { outbox, seen, shown } = claim;
      const before = shown.anchors.find(({ id }) => id === anchorId) ?? null;
      const may = before && !isSure(before.state) ? seen.abilities.settle : seen.abilities.place;
      if (!may) return refuse("forbidden");
      const isThere = (anchor: AnchorView) =>
        anchor.revisionId === words.revisionId && isSure(anchor.state) && isAt(anchor, words);
      if (shown.anchors.some(isThere)) return refuse("already");
      const { change } = outbox.place(seen, { anchorId: before?.id ?? newId(), before, ...words });
      const isConfirmed = before && isPlaced(before.state) && isAt(before, words);
      const done = !before ? "added" : isConfirmed ? "confirmed" : isPlaced(before.state) ? "moved" : "found";
      remember(claimId, done, words.exact, change);
      return true;
    };
    return {
      refuse,
      stand,
      /** The words that an altered place has now are those of the claim. */
      async confirm(claimId: string, anchor: AnchorView): Promise<boolean> {
        const { articleId, revisionId, start, end, exact } = anchor;
        return stand(claimId, anchor.id, { articleId, revisionId, start, end, exact });
      },
      async remove(claimId: string, anchor: AnchorView): Promise<boolean> {
        const claim = await read(claimId);
        if (!claim) return refuse("unread");
        const { outbox, seen, shown } = claim;
        if (!seen.abilities.place) return refuse("forbidden");
        const isLast = !shown.anchors.some(({ id, articleId }) => id !== anchor.id && articleId === anchor.articleId);
        if (isLast && anchor.articleId === seen.articleId) return refuse("last");
        const { change } = outbox.removePlace(seen, anchor);
        remember(claimId, "removed", anchor.exact, change);
        return true;
      },
    };
  }, [actor, announce, t, frame]);
}
