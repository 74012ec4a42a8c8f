"use client";
/** The links of an article: copied at any time, with how often they were read; revoked for good. Closed ones are folded away. */
import { Check, Copy } from "lucide-react";
import { useTranslations } from "next-intl";
import { type ReactNode, useRef, useState } from "react";
import { toast } from "sonner";
import { ConfirmDialog } from "@/components/people/confirm-dialog";
import { Button } from "@/components/ui/button";
import { LocalTime } from "@/components/ui/date";
import { useFailureWords } from "@/components/ui/failure";
import { Field, Input } from "@/components/ui/field";
import { call } from "@/lib/client/call";
import { endpoints } from "@/lib/domain/endpoints";
import type { ShareLinkView, SharingView } from "@/lib/domain/publication";

type Props = { links: readonly ShareLinkView[]; onChange: (sharing: SharingView) => void };

const at = (instant: string) => (): ReactNode => <LocalTime at={instant} shape="full" />;

export function ShareLinkList({ links, onChange }: Props) {
  const t = useTranslations("publication.sharing");
  const failure = useFailureWords();
  const [revoking, setRevoking] = useState<ShareLinkView | null>(null);
  const now = Date.now();
  const isOpen = ({ revokedAt, expiresAt }: ShareLinkView) =>
    revokedAt === null && (expiresAt === null || Date.parse(expiresAt) > now);
  const open = links.filter(isOpen);
  const closed = links.filter((link) => !isOpen(link));

  async function revoke({ id }: ShareLinkView) {
    try {
      onChange(await call(endpoints.revokeShareLink, { params: { shareLinkId: id } }));
    } catch (error) {
      toast.error(failure(error));
    }
  }

  return (
    <>
      {open.length === 0 && <p className="text-ink-2">{t("noLinks")}</p>}
      <ul className="grid gap-2.5">
        {open.map((link) => (
          <li key={link.id} className="grid gap-2 rounded-lg border px-3 py-2.5">
            <div className="flex flex-wrap items-start gap-x-4 gap-y-1">
              <p className="min-w-0 grow basis-56">
                <span className="font-medium">{link.label ?? t("noLabel")}</span>
                <span className="block text-sm text-ink-2">
                  <LinkFacts link={link} />
                </span>
              </p>
              <Button size="sm" variant="danger" onClick={() => setRevoking(link)}>
                {t("revoke")}
              </Button>
            </div>
            <Address url={link.url} />
          </li>
        ))}
      </ul>
      {closed.length > 0 && (
        <details className="mt-2.5">
          <summary className="w-fit text-sm text-ink-2">{t("closed", { count: closed.length })}</summary>
          <ul className="mt-1 grid gap-0.5 text-sm text-ink-2">
            {closed.map((link) => (
              <li key={link.id}>
                {link.label ?? t("noLabel")} · <Reads link={link} /> ·{" "}
                {link.revokedAt
                  ? t.rich("revokedAt", { time: at(link.revokedAt) })
                  : t.rich("expiredAt", { time: at(link.expiresAt ?? "") })}
              </li>
            ))}
          </ul>
        </details>
      )}
      {revoking && (
        <ConfirmDialog
          title={t("revokeTitle")}
          action={t("revokeAction")}
          onConfirm={() => revoke(revoking)}
          onClose={() => setRevoking(null)}
        >
          {t("revokeBody", { label: revoking.label ?? "" })}
        </ConfirmDialog>
      )}
    </>
  );
}

function LinkFacts({ link }: { link: ShareLinkView }) {
  const t = useTranslations("publication.sharing");
  return (
    <>
      {t.rich("made", { name: link.createdBy.name, time: at(link.createdAt) })} · <Reads link={link} />
      {link.expiresAt && <> · {t.rich("expires", { time: at(link.expiresAt) })}</>}
    </>
  );
}

function Reads({ link: { reads, lastReadAt } }: { link: ShareLinkView }) {
  const t = useTranslations("publication.sharing");
  return (
    <>
      {t("reads", { count: reads })}
      {lastReadAt && <>, {t.rich("lastRead", { time: at(lastReadAt) })}</>}
    </>
  );
}

function Address({ url }: { url: string }) {
  const t = useTranslations("publication.sharing");
  const input = useRef<HTMLInputElement>(null);
  const [copied, setCopied] = useState<boolean | null>(null);

  async function copy() {
    input.current?.focus();
    input.current?.select();
    try {
      await navigator.clipboard.writeText(url);
      setCopied(true);
    } catch {
      // Without the clipboard, over plain http say, the address stays selected.
      setCopied(false);
    }
  }

  return (
    <div>
      <div className="flex items-end gap-2">
        <Field label={t("address")} hideLabel className="grow">
          <Input ref={input} readOnly value={url} onFocus={(event) => event.currentTarget.select()} />
        </Field>
        <Button onClick={copy}>
          {copied ? <Check aria-hidden /> : <Copy aria-hidden />}
          {copied ? t("copied") : t("copy")}
        </Button>
      </div>
      <p role="status" className="sr-only">
        {copied && t("copied")}
      </p>
      {copied === false && <p className="mt-1 text-sm text-ink-2">{t("copyFailed")}</p>}
    </div>
  );
}
