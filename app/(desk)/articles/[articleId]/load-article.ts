/** The article of an address, read once for the title and the page; one that is not there is a page that is not there. */
import { notFound } from "next/navigation";
import { cache } from "react";
import type { ArticleView } from "@/lib/domain/article";
import { AppError } from "@/lib/domain/errors";
import type { Actor } from "@/lib/domain/people";
import { id } from "@/lib/domain/text";
import { getArticle } from "@/lib/server/articles";

export const loadArticle = cache(async (actor: Actor, articleId: string): Promise<ArticleView> => {
  if (!id.safeParse(articleId).success) notFound();
  try {
    return await getArticle(actor, articleId);
  } catch (error) {
    if (error instanceof AppError && error.code === "not_found") notFound();
    throw error;
  }
});
