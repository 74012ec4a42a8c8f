import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { cache } from "react";
import { Workspace } from "@/components/workspace/workspace";
import { AppError } from "@/lib/domain/errors";
import type { Actor } from "@/lib/domain/people";
import { id } from "@/lib/domain/text";
import { renderArticle } from "@/lib/editor/render-article";
import { getArticle, getRevision } from "@/lib/server/articles";
import { requirePage } from "@/lib/server/session";

type Props = { params: Promise<{ articleId: string }> };

/** Read once for the title and the page. */
const load = cache(async (actor: Actor, articleId: string) => {
  if (!id.safeParse(articleId).success) notFound();
  try {
    return await getArticle(actor, articleId);
  } catch (error) {
    if (error instanceof AppError && error.code === "not_found") notFound();
    throw error;
  }
});

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const [actor, { articleId }] = await Promise.all([requirePage(), params]);
  return { title: (await load(actor, articleId)).headline };
}

/**
 * The workspace of an article. The text is finished HTML, so that it can be read before any script; the claims are not in it:
 * the browser asks for them, so that a page with thousands paints as soon as a page with none.
 */
export default async function ArticlePage({ params }: Props) {
  const [actor, { articleId }] = await Promise.all([requirePage(), params]);
  const article = await load(actor, articleId);
  const { document } = await getRevision(actor, article.revision.id);
  const { id, name, role } = actor;
  return (
    <Workspace key={article.revision.id} article={article} actor={{ id, name, role }}>
      {renderArticle(document)}
    </Workspace>
  );
}
