"use client";
/**
 * The ledger's bar, at the foot of the screen: how far the text is accounted for, what accounts for the sentence at the caret, and for
 * pointer and touch what the keys do.
 */
import {
  ArrowRight,
  ChevronDown,
  ChevronUp,
  CircleSlash,
  Eraser,
  Highlighter,
  MessageSquareQuote,
  X,
} from "lucide-react";
import { useTranslations } from "next-intl";
import { type ReactNode, useMemo, useSyncExternalStore } from "react";
import { Button } from "@/components/ui/button";
import { useFailureWords } from "@/components/ui/failure";
import { IconButton } from "@/components/ui/icon-button";
import { Kbd } from "@/components/ui/kbd";
import { useReader } from "@/components/ui/reader";
import { type LedgerSentence, useCoverage } from "@/lib/client/ledger";
import { sentencesAt } from "@/lib/domain/ledger";
import { type Coverage, type MarkKind, markKinds } from "@/lib/domain/sentence-mark";
import type { ArticleSurface } from "@/lib/editor/article-surface";
import { ledgerKeys } from "./key-map";
import { type LedgerCommands, type LedgerReading, pointedIn } from "./use-ledger";
import { useWorkspaceServices } from "./workspace-context";

type Props = {
  surface: ArticleSurface;
  commands: LedgerCommands;
  reading: LedgerReading;
  onReload: () => void;
  /** Marks the selection, or else the sentence at the caret, as a claim. */
  onClaim: () => void;
  keys: boolean;
};

const icons: Record<MarkKind, ReactNode> = {
  opinion: <MessageSquareQuote aria-hidden />,
  transition: <ArrowRight aria-hidden />,
  no_fact: <CircleSlash aria-hidden />,
};

export function LedgerBar({ surface, commands, reading, onReload, onClaim, keys }: Props) {
  const t = useTranslations("ledger");
  const { article, ledger } = useWorkspaceServices();
  const coverage = useCoverage(ledger);
  const pointed = usePointed(surface);
  const words = useAccountWords(pointed);
  const isMarked = pointed.some(({ account }) => account?.by === "mark");
  return (
    <section
      aria-label={t("bar.label")}
      data-ledger-bar
      // The selection stays where it is.
      onPointerDown={(event) => event.preventDefault()}
      className="z-20 border-t border-line-2 bg-sheet p-2 shadow-pop max-[900px]:fixed max-[900px]:inset-x-0 max-[900px]:bottom-0 max-[900px]:pb-[max(0.5rem,env(safe-area-inset-bottom))] min-[900px]:sticky min-[900px]:bottom-3 min-[900px]:rounded-xl min-[900px]:border print:hidden"
    >
      <div className="flex items-center gap-1 ps-1.5">
        <div className="min-w-0 grow">
          {coverage ? <Progress coverage={coverage} /> : <Waiting {...{ reading, onReload }} />}
          <p aria-live="polite" className="truncate text-sm text-ink-2" title={words}>
            {words}
          </p>
        </div>
        <IconButton
          label={t("bar.previous")}
          shortcut={`⇧ ${ledgerKeys.next.toUpperCase()}`}
          onClick={() => commands.walk(-1)}
        >
          <ChevronUp aria-hidden />
        </IconButton>
        <IconButton label={t("bar.next")} shortcut={ledgerKeys.next} onClick={() => commands.walk(1)}>
          <ChevronDown aria-hidden />
        </IconButton>
        <IconButton label={t("bar.close")} shortcut={ledgerKeys.toggle} onClick={commands.toggle}>
          <X aria-hidden />
        </IconButton>
      </div>
      {article.abilities.mark && (
        <div role="toolbar" aria-label={t("bar.actions")} className="mt-1.5 flex gap-1.5">
          <Action label={t("bar.claim")} short={t("short.claim")} hint={keys && "h"} onClick={onClaim} primary>
            <Highlighter aria-hidden />
          </Action>
          {markKinds.map((kind) => (
            <Action
              key={kind}
              label={t(`kinds.${kind}`)}
              short={t(`short.${kind}`)}
              hint={keys && ledgerKeys[kind]}
              onClick={() => commands.mark(kind)}
            >
              {icons[kind]}
            </Action>
          ))}
          <Action
            label={t("bar.clear")}
            short={t("short.clear")}
            hint={keys && ledgerKeys.clear}
            disabled={!isMarked}
            onClick={() => commands.mark(null)}
          >
            <Eraser aria-hidden />
          </Action>
        </div>
      )}
    </section>
  );
}

type ActionProps = {
  label: string;
  short: string;
  hint: string | false;
  onClick: () => void;
  primary?: boolean;
  disabled?: boolean;
  children: ReactNode;
};

/** Wide: icon, short name and key in one line. On a phone the icon stands above the name, as high as a thumb. */
function Action({ label, short, hint, onClick, primary = false, disabled = false, children }: ActionProps) {
  return (
    <Button
      size="sm"
      variant={primary ? "primary" : "default"}
      aria-label={label}
      title={label}
      disabled={disabled}
      focusableWhenDisabled
      onClick={onClick}
      className="min-w-0 flex-auto px-1.5 max-sm:h-12 max-sm:flex-1 max-sm:flex-col max-sm:gap-0.5 max-sm:px-0.5 max-sm:text-xs"
    >
      {children}
      <span className="truncate">{short}</span>
      {hint && (
        <span aria-hidden className="max-sm:hidden">
          <Kbd>{hint}</Kbd>
        </span>
      )}
    </Button>
  );
}

function Progress({ coverage }: { coverage: Coverage }) {
  const t = useTranslations("ledger");
  if (coverage.sentences === 0) return <p className="text-sm">{t("bar.empty")}</p>;
  const share = coverage.accounted / coverage.sentences;
  return (
    <p className="flex items-center gap-2.5 text-sm font-semibold tabular-nums">
      <span aria-hidden className="h-1.5 w-20 shrink-0 overflow-hidden rounded-full bg-line-2 max-sm:hidden">
        <span className="block h-full rounded-full bg-accent" style={{ width: `${share * 100}%` }} />
      </span>
      {t("progress", coverage)}
    </p>
  );
}

function Waiting({ reading, onReload }: Pick<Props, "reading" | "onReload">) {
  const t = useTranslations("ledger.bar");
  const failure = useFailureWords();
  if (reading.state !== "failed") return <p className="text-sm text-ink-2">{t("reading")} …</p>;
  return (
    <p role="alert" className="flex flex-wrap items-center gap-2 text-sm text-urgent" title={failure(reading.error)}>
      {t("failed")}
      <Button size="sm" onClick={onReload}>
        {t("again")}
      </Button>
    </p>
  );
}

/** The sentences of the selection or at the caret; the same array until another sentence is pointed at or its account changes. */
function usePointed(surface: ArticleSurface): readonly LedgerSentence[] {
  const { ledger } = useWorkspaceServices();
  const store = useMemo(() => {
    let held: readonly LedgerSentence[] = [];
    const read = () => {
      const all = ledger.sentences();
      const { from, to } = sentencesAt(all, pointedIn(surface));
      const now = all.slice(from, to);
      const isSame = now.length === held.length && now.every((sentence, index) => sentence === held[index]);
      if (!isSame) held = now;
      return held;
    };
    const subscribe = (listener: () => void) => {
      const leave = [surface.subscribeToCaret(listener), ledger.subscribe(listener)];
      return () => {
        for (const end of leave) end();
      };
    };
    return { read, subscribe };
  }, [surface, ledger]);
  return useSyncExternalStore(store.subscribe, store.read, () => []);
}

/** What accounts for them, in words. */
function useAccountWords(pointed: readonly LedgerSentence[]): string {
  const t = useTranslations("ledger");
  const { store } = useWorkspaceServices();
  const { locale, zone } = useReader();
  const [first] = pointed;
  if (!first) return "";
  if (pointed.length > 1) {
    const unaccounted = pointed.filter(({ account }) => account === null).length;
    return t("account.several", { count: pointed.length, unaccounted });
  }
  const { account } = first;
  if (account === null) return t("account.unaccounted");
  if (account.by === "claim")
    return t("account.claim", { statement: store.get(account.claimId)?.statement.slice(0, 200) ?? "" });
  const { kind, by, at } = account.mark;
  const time = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "short", timeZone: zone });
  return t("account.mark", { kind: t(`kinds.${kind}`), name: by.name, time: time.format(new Date(at)) });
}

/** Why marks are not saved yet, wherever the person is in the workspace. */
export function MarksWaiting({ commands: { queue } }: Pick<Props, "commands">) {
  const t = useTranslations("ledger.waiting");
  const trouble = useSyncExternalStore(queue.subscribe, queue.trouble, () => null);
  const count = useSyncExternalStore(queue.subscribe, queue.count, () => 0);
  if (!trouble || count === 0) return null;
  return (
    <span role="status" className="text-sm font-medium whitespace-nowrap text-urgent">
      {t(trouble, { count })}
    </span>
  );
}
