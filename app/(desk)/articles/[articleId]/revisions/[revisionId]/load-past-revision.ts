/** The revision of an address, read once for the title and the page; one that is not there is a page that is not there. */
import { notFound } from "next/navigation";
import { cache } from "react";
import { AppError } from "@/lib/domain/errors";
import type { Actor } from "@/lib/domain/people";
import { id } from "@/lib/domain/text";
import { openPastRevision } from "@/lib/server/past-revisions";
import { loadArticle } from "../../load-article";

export const loadPastRevision = cache(
  async (actor: Actor, articleId: string, revisionId: string, claimId: string | undefined) => {
    const article = await loadArticle(actor, articleId);
    if (!id.safeParse(revisionId).success) notFound();
    try {
      return { article, past: await openPastRevision(actor, articleId, revisionId, claimId) };
    } catch (error) {
      if (error instanceof AppError && error.code === "not_found") notFound();
      throw error;
    }
  },
);
