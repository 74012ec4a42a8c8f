"use client";
/** Sharing an article: what readers would get, publishing it, and the links that lead to it. */
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { ExternalLink } from "lucide-react";
import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { buttonClass } from "@/components/ui/button-look";
import { LocalTime } from "@/components/ui/date";
import { Dialog } from "@/components/ui/dialog";
import { ErrorNote } from "@/components/ui/error-note";
import { useFailureWords } from "@/components/ui/failure";
import { call } from "@/lib/client/call";
import { endpoints } from "@/lib/domain/endpoints";
import type { SharingView } from "@/lib/domain/publication";
import { newPublication, type PublicationDraft, PublishForm } from "./publish-form";
import { newShareLink, type ShareLinkDraft, ShareLinkForm } from "./share-link-form";
import { ShareLinkList } from "./share-link-list";

type Props = { articleId: string; open: boolean; onOpenChange: (open: boolean) => void };

/** What is typed stays for the next opening, and through whatever a colleague publishes meanwhile. */
export function SharingDialog({ articleId, open, onOpenChange }: Props) {
  const t = useTranslations("publication.sharing");
  const [publication, setPublication] = useState(newPublication);
  const [link, setLink] = useState(newShareLink);
  return (
    <Dialog open={open} onOpenChange={onOpenChange} size="md" title={t("title")} description={t("description")}>
      <Sharing articleId={articleId} {...{ publication, setPublication, link, setLink }} />
    </Dialog>
  );
}

type Drafts = {
  publication: PublicationDraft;
  setPublication: (draft: PublicationDraft) => void;
  link: ShareLinkDraft;
  setLink: (draft: ShareLinkDraft) => void;
};

/** Mounted while the dialog is open, so that it asks anew each time. */
function Sharing({ articleId, publication, setPublication, link, setLink }: { articleId: string } & Drafts) {
  const t = useTranslations("publication.sharing");
  const failure = useFailureWords();
  const queries = useQueryClient();
  const queryKey = ["sharing", articleId];
  const { data, error } = useQuery({
    queryKey,
    queryFn: ({ signal }) => call(endpoints.getSharing, { params: { articleId }, signal }),
    staleTime: 0,
  });
  const onChange = (sharing: SharingView) => queries.setQueryData(queryKey, sharing);

  if (!data) {
    return error ? <ErrorNote>{failure(error)}</ErrorNote> : <p role="status">{t("loading")}</p>;
  }
  const { publications, links, abilities } = data;
  return (
    <div className="grid gap-6">
      <section aria-labelledby="sharing-publication">
        <h3 id="sharing-publication" className="mb-1.5 font-semibold">
          {t("publication")}
        </h3>
        <Publications sharing={data} />
        {data.approved > 0 && (
          <a
            href={`/f/preview/${articleId}`}
            target="_blank"
            rel="noreferrer"
            className={buttonClass({ size: "sm" }, "mt-2.5")}
          >
            <ExternalLink aria-hidden />
            {t("preview")}
          </a>
        )}
        {abilities.publish && data.approved > 0 && (
          <PublishForm {...{ articleId, onChange }} sharing={data} draft={publication} onDraft={setPublication} />
        )}
        {!abilities.publish && <p className="mt-2 text-sm text-ink-2">{t("publishOnlyEditor")}</p>}
      </section>
      {publications.length > 0 && (
        <section aria-labelledby="sharing-links">
          <h3 id="sharing-links" className="mb-1.5 font-semibold">
            {t("links")}
          </h3>
          <ShareLinkList links={links} onChange={onChange} />
          <ShareLinkForm {...{ articleId, onChange }} draft={link} onDraft={setLink} />
        </section>
      )}
    </div>
  );
}

/** What is published, and what a publication made now would hold. */
function Publications({ sharing: { publications, approved, unfinished } }: { sharing: SharingView }) {
  const t = useTranslations("publication.sharing");
  const [newest, ...earlier] = publications;
  const at = (instant: string) => (): ReactNode => <LocalTime at={instant} shape="full" />;
  return (
    <div className="grid gap-1 text-ink-2">
      <p>
        {newest
          ? t.rich("newest", {
              number: newest.number,
              name: newest.createdBy.name,
              claims: newest.claims,
              time: at(newest.createdAt),
            })
          : t("none")}
      </p>
      {approved > 0 ? (
        <p>{t("would", { approved, unfinished })}</p>
      ) : (
        <div className="mt-1 rounded-lg border border-dashed px-4 py-3">
          <p className="font-semibold text-ink">{t("nothingTitle")}</p>
          <p>{t("nothingBody", { unfinished })}</p>
        </div>
      )}
      {earlier.length > 0 && (
        <details>
          <summary className="w-fit text-sm">{t("versions", { count: earlier.length })}</summary>
          <ul className="mt-1 grid gap-0.5 text-sm">
            {earlier.map(({ id, number, createdAt, createdBy, note }) => (
              <li key={id}>
                {t.rich("version", { number, name: createdBy.name, time: at(createdAt) })}
                {note && ` · ${note}`}
              </li>
            ))}
          </ul>
        </details>
      )}
    </div>
  );
}
