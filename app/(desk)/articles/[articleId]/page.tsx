import type { Metadata } from "next";
import { Workspace } from "@/components/workspace/workspace";
import { renderArticle } from "@/lib/editor/render-article";
import { getRevision } from "@/lib/server/articles";
import { requirePage } from "@/lib/server/session";
import { loadArticle } from "./load-article";

type Props = { params: Promise<{ articleId: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const [actor, { articleId }] = await Promise.all([requirePage(), params]);
  return { title: (await loadArticle(actor, articleId)).headline };
}

/**
 * The workspace of an article. The text is finished HTML, so that it can be read before any script; the claims are not in it:
 * the browser asks for them, so that a page with thousands paints as soon as a page with none.
 */
export default async function ArticlePage({ params }: Props) {
  const [actor, { articleId }] = await Promise.all([requirePage(), params]);
  const article = await loadArticle(actor, articleId);
  const { document } = await getRevision(actor, article.revision.id);
  const { id, name, role } = actor;
  return (
    <Workspace key={article.revision.id} article={article} actor={{ id, name, role }}>
      {renderArticle(document)}
    </Workspace>
  );
}
