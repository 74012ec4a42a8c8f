"use client";
import { ExternalLink } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { CalendarDate, DueDate } from "@/components/ui/date";
import { webAddress } from "@/lib/domain/text";
import { useWorkspaceServices } from "./workspace-context";

/** Where the article comes from, above its text. */
export function ArticleHead() {
  const t = useTranslations("workspace.head");
  const { article } = useWorkspaceServices();
  const address = article.canonicalUrl ? webAddress(article.canonicalUrl) : null;
  return (
    <header className="mb-6">
      <h1
        lang={article.language}
        dir="auto"
        className="font-serif text-[2.125rem] leading-[1.18] font-semibold tracking-[-0.01em] text-balance break-words max-sm:text-[1.75rem]"
      >
        {article.headline}
      </h1>
      <p className="mt-2.5 flex flex-wrap gap-x-3 gap-y-0.5 text-sm text-ink-2">
        {article.outlet && <span>{article.outlet}</span>}
        {article.byline && <span>{article.byline}</span>}
        {article.publishedOn && <CalendarDate day={article.publishedOn} />}
        <Link href={`/articles/${article.id}/revisions`} className="link">
          {t("revision", { number: article.revision.number })}
        </Link>
        {article.dueOn && <DueDate day={article.dueOn} />}
        {address && (
          <a
            href={address.href}
            target="_blank"
            rel="noopener noreferrer nofollow"
            className="link inline-flex items-center gap-1"
          >
            {address.hostname}
            <ExternalLink aria-hidden className="size-3" />
            <span className="sr-only">{t("newTab")}</span>
          </a>
        )}
      </p>
    </header>
  );
}
