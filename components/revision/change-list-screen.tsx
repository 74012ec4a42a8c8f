"use client";
/** What the desk asks the author to change: to be decided on, copied, downloaded and printed, and what later texts made of it. */
import { Check, Copy, FileDown, FileText, Layers2, Printer, Undo2, X } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { toast } from "sonner";
import { Button } from "@/components/ui/button";
import { buttonClass } from "@/components/ui/button-look";
import { LocalTime } from "@/components/ui/date";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorNote } from "@/components/ui/error-note";
import { useFailureWords } from "@/components/ui/failure";
import { call } from "@/lib/client/call";
import { type ChangeItem, type ChangeList, changesAsText, groupChanges, overlapsIn } from "@/lib/domain/change-list";
import { endpoints } from "@/lib/domain/endpoints";
import type { PersonRef } from "@/lib/domain/people";
import type { SuggestionState } from "@/lib/domain/wording";
import { ChangedWords } from "./changed-words";
import { useChangeList } from "./use-change-list";

type Props = { articleId: string; actor: PersonRef };

export function ChangeListScreen({ articleId, actor }: Props) {
  const t = useTranslations("wording.list");
  const failure = useFailureWords();
  const list = useChangeList(articleId, actor);
  if (list.data) return <Read list={list.data} actor={actor} reload={() => list.refetch()} />;
  if (!list.isError) return <p role="status">{t("loading")} …</p>;
  return (
    <ErrorNote
      title={t("failed")}
      action={
        <Button size="sm" onClick={() => void list.refetch()}>
          {t("again")}
        </Button>
      }
    >
      {failure(list.error)}
    </ErrorNote>
  );
}

type ReadProps = { list: ChangeList; actor: PersonRef; reload: () => Promise<unknown> };

function Read({ list, actor, reload }: ReadProps) {
  const t = useTranslations("wording.list");
  const decide = useDecide(actor, reload);
  const groups = groupChanges(list.items);
  const listed = [...groups.open, ...groups.undecided];
  const numbers = new Map(listed.map(({ id }, index) => [id, index + 1]));
  const overlaps = overlapsIn(listed);
  const common = { list, numbers, overlaps, decide: list.mayDecide ? decide : null };
  if (list.items.length === 0)
    return (
      <EmptyState
        title={<h2>{t("empty")}</h2>}
        action={
          <Link href={`/articles/${list.articleId}`} className={buttonClass({ variant: "primary" })}>
            {t("toArticle")}
          </Link>
        }
      >
        {t("emptyBody")}
      </EmptyState>
    );
  return (
    <div className="grid gap-8 pb-20 print:block">
      {groups.open.length > 0 && <WaysOut list={list} items={groups.open} />}
      <Group id="open" title={t("open", { count: groups.open.length })} about={t("openBody")} onPaper>
        {groups.open.length === 0 ? (
          <p className="text-ink-2">{t("none")}</p>
        ) : (
          <Items items={groups.open} {...common} />
        )}
      </Group>
      {groups.undecided.length > 0 && (
        <Group id="undecided" title={t("undecided", { count: groups.undecided.length })} about={t("undecidedBody")}>
          <Items items={groups.undecided} {...common} />
        </Group>
      )}
      {groups.lost.length > 0 && (
        <Group id="lost" title={t("lost", { count: groups.lost.length })} about={t("lostBody")}>
          <Items items={groups.lost} {...common} />
        </Group>
      )}
      {groups.done.map(({ number, items }) => (
        <Group key={number} id={`done-${number}`} title={t("done", { number, count: items.length })}>
          <Items items={items} {...common} decide={null} />
        </Group>
      ))}
      {groups.declined.length > 0 && (
        <Group id="declined" title={t("declined", { count: groups.declined.length })}>
          <Items items={groups.declined} {...common} />
        </Group>
      )}
    </div>
  );
}

type Decide = (item: ChangeItem, state: SuggestionState) => Promise<void>;

/** A decision, with its way back in a toast. */
function useDecide(actor: PersonRef, reload: () => Promise<unknown>): Decide {
  const t = useTranslations("wording");
  const failure = useFailureWords();
  const send = async (item: ChangeItem, version: number, state: SuggestionState) => {
    const params = { claimId: item.claimId };
    try {
      return await call(endpoints.decideWording, { as: actor.id, params, version, body: { state } });
    } catch (error) {
      toast.error(failure(error));
      return null;
    } finally {
      await reload();
    }
  };
  return async (item, state) => {
    const view = await send(item, item.claimVersion, state);
    if (!view) return;
    const onClick = () => void send(item, view.version, item.state);
    toast(t(`done.${state}`), { action: { label: t("list.undo"), onClick } });
  };
}

type GroupProps = {
  id: string;
  title: string;
  about?: string;
  /** What the author is asked for stands on paper, and nothing else. */
  onPaper?: boolean;
  children: ReactNode;
};

function Group({ id, title, about, onPaper = false, children }: GroupProps) {
  return (
    <section aria-labelledby={`changes-${id}`} className={onPaper ? "" : "print:hidden"}>
      <h2 id={`changes-${id}`} className="text-lg font-semibold">
        {title}
      </h2>
      {about && <p className="mb-2 text-ink-2 print:hidden">{about}</p>}
      {children}
    </section>
  );
}

type ItemsProps = {
  items: readonly ChangeItem[];
  list: ChangeList;
  numbers: ReadonlyMap<string, number>;
  overlaps: ReadonlyMap<string, ChangeItem>;
  decide: Decide | null;
};

function Items({ items, ...props }: ItemsProps) {
  return (
    <ol className="mt-2 grid gap-3 print:block">
      {items.map((item) => (
        <li key={item.id}>
          <Item item={item} {...props} />
        </li>
      ))}
    </ol>
  );
}

function Item({ item, list, numbers, overlaps, decide }: Omit<ItemsProps, "items"> & { item: ChangeItem }) {
  const t = useTranslations("wording");
  const number = numbers.get(item.id);
  const overlapping = overlaps.get(item.id);
  const by = item.decidedBy ?? item.proposedBy;
  const at = item.decidedAt ?? item.proposedAt;
  const isDone = item.outcomes.some(({ outcome }) => outcome === "applied");
  const heading = `change-${item.id}`;
  return (
    <article
      aria-labelledby={heading}
      className="rounded-lg border bg-sheet px-4 py-3 [contain-intrinsic-size:auto_11rem] [content-visibility:auto] print:mb-4 print:break-inside-avoid print:border-0 print:border-t print:rounded-none print:px-0 print:[content-visibility:visible]"
    >
      <h3 id={heading} className="flex flex-wrap items-baseline gap-x-2 text-sm font-semibold text-ink-2">
        {number !== undefined && (
          <span className="text-base text-ink tabular-nums">{t("list.change", { number })}</span>
        )}
        <span dir="auto" className="min-w-0 font-normal break-words">
          {item.statement}
        </span>
      </h3>
      <Words item={item} language={list.language} isDone={isDone} />
      {item.note && (
        <p className="mt-1.5 wrap-anywhere whitespace-pre-line">
          <span className="font-semibold">{t("note")}:</span> {item.note}
        </p>
      )}
      {!isDone && (item.verdict || item.reason) && (
        <p className="mt-1.5 text-sm wrap-anywhere whitespace-pre-line text-ink-2">
          <span className="font-semibold">
            {item.verdict ? t("list.verdict", { verdict: item.verdict }) : t("list.why")}
          </span>{" "}
          {item.reason}
        </p>
      )}
      {overlapping && (
        <p className="mt-1.5 flex items-center gap-1.5 text-sm font-medium">
          <Layers2 aria-hidden className="size-3.5 shrink-0" />
          {t("list.overlaps", { number: numbers.get(overlapping.id) ?? 0 })}
        </p>
      )}
      {!isDone &&
        item.outcomes.map(({ number, outcome }) => (
          <p key={number} className="mt-1.5 text-sm text-ink-2">
            {t(`outcomes.${outcome}`, { number })}
          </p>
        ))}
      <div className="mt-2 flex flex-wrap items-center gap-x-3 gap-y-2 text-sm text-ink-2">
        <p>
          {t(`states.${item.state}`, { who: by.name })} · <LocalTime at={at} shape="full" />
        </p>
        <div className="flex flex-wrap gap-1.5 print:hidden">
          {decide && <Decisions item={item} decide={decide} />}
          <Link
            href={`/articles/${list.articleId}?claim=${item.claimId}`}
            className={buttonClass({ size: "sm", variant: "quiet" })}
          >
            {t("list.toClaim")}
          </Link>
        </div>
      </div>
    </article>
  );
}

/** The words in the line that they stand in, what goes struck and what comes underlined. */
function Words({ item, language, isDone }: { item: ChangeItem; language: string; isDone: boolean }) {
  const t = useTranslations("wording");
  const { place, wording } = item;
  const done = item.outcomes.find(({ outcome }) => outcome === "applied");
  const isCut = wording.trim() === "";
  return (
    <>
      <p
        lang={language}
        dir="auto"
        className="mt-1 font-serif text-[1.0625rem] leading-relaxed break-words whitespace-pre-line text-ink-2"
      >
        {isDone && done ? (
          <span className="text-ink">
            <ChangedWords before={done.before} after={done.after ?? ""} />
          </span>
        ) : place ? (
          <>
            {place.isCutBefore && "… "}
            {place.before}
            <span className="text-ink">
              <ChangedWords before={place.words} after={wording} />
            </span>
            {place.after}
            {place.isCutAfter && " …"}
          </>
        ) : (
          <span className="text-ink">{wording}</span>
        )}
      </p>
      {isCut && <p className="mt-1 text-sm">{t("cut")}</p>}
    </>
  );
}

function Decisions({ item, decide }: { item: ChangeItem; decide: Decide }) {
  const t = useTranslations("wording");
  const press = (state: SuggestionState) => () => void decide(item, state);
  return (
    <>
      {item.state !== "accepted" && (
        <Button size="sm" onClick={press("accepted")}>
          <Check aria-hidden />
          {t("accept")}
        </Button>
      )}
      {item.state === "proposed" && (
        <Button size="sm" onClick={press("declined")}>
          <X aria-hidden />
          {t("decline")}
        </Button>
      )}
      {item.state !== "proposed" && (
        <Button size="sm" variant="quiet" onClick={press("proposed")}>
          <Undo2 aria-hidden />
          {t("reopen")}
        </Button>
      )}
    </>
  );
}

/** How the list gets to the author. */
function WaysOut({ list, items }: { list: ChangeList; items: readonly ChangeItem[] }) {
  const t = useTranslations("wording.list");
  const words = useTranslations("wording");
  const text = () =>
    changesAsText(items, {
      title: t("text.title", { headline: list.headline, number: list.revision.number, count: items.length }),
      cut: words("cut"),
      ...{ now: t("text.now"), should: t("text.should"), note: `${words("note")}:`, check: t("text.check") },
      overlaps: (number) => t("overlaps", { number }),
    });
  const copy = () =>
    navigator.clipboard.writeText(text()).then(
      () => toast(t("copied")),
      () => toast.error(t("notCopied")),
    );
  const name = t("file", { headline: list.headline.slice(0, 80) });
  return (
    <fieldset aria-label={t("ways")} className="flex flex-wrap gap-2 print:hidden">
      <a
        href={`/api/v1/articles/${list.articleId}/changes.docx`}
        download
        className={buttonClass({ variant: "primary" })}
      >
        <FileDown aria-hidden />
        {t("docx")}
      </a>
      <Button onClick={() => void copy()}>
        <Copy aria-hidden />
        {t("copy")}
      </Button>
      <Button onClick={() => saveText(text(), `${name}.txt`)}>
        <FileText aria-hidden />
        {t("txt")}
      </Button>
      <Button onClick={() => print()}>
        <Printer aria-hidden />
        {t("print")}
      </Button>
    </fieldset>
  );
}

function saveText(text: string, name: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: "text/plain;charset=utf-8" }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name.replace(/[\\/:*?"<>|\p{Cc}]+/gu, " ");
  link.click();
  // The download has begun by then, in every browser.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
