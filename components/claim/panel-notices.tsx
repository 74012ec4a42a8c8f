"use client";
import { CircleAlert, History, LogIn, RotateCcw, Trash2, Undo2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { type ReactNode, useMemo } from "react";
import { Button } from "@/components/ui/button";
import { cx } from "@/components/ui/class-names";
import { LocalTime } from "@/components/ui/date";
import { useWorkspaceServices } from "@/components/workspace/workspace-context";
import { useSaveState } from "@/lib/client/outbox";
import type { Command, Entry } from "@/lib/client/outbox-queue";
import { wordDiff } from "@/lib/client/word-diff";
import type { ApprovalChange } from "@/lib/domain/claim";
import { useLastAuthor } from "./claim-history";
import { useClaimRecord } from "./claim-record";
import { SignInBeside } from "./save-word";
import { UnsentTexts } from "./unsent-texts";

type Tone = "plain" | "error";
const tones: Record<Tone, string> = {
  plain: "border-line-2 bg-wash",
  error: "border-urgent/50 bg-false-tint",
};

type NoticeProps = { tone: Tone; icon: ReactNode; isAlert?: boolean; children: ReactNode };

function Notice({ tone, icon, isAlert = false, children }: NoticeProps) {
  return (
    <div
      {...(isAlert && { role: "alert" })}
      className={cx(
        "flex gap-2.5 rounded-md border px-2.5 py-2 text-sm [&>svg]:mt-0.5 [&>svg]:size-4 [&>svg]:shrink-0",
        tones[tone],
      )}
    >
      {icon}
      <div className="min-w-0 grow">{children}</div>
    </div>
  );
}

/** The session has ended: the page stays, signing in happens beside it. */
function SignedOutNotice() {
  const t = useTranslations("claim.session");
  const save = useSaveState();
  if (save.kind !== "signed_out") return null;
  return (
    <Notice tone="error" icon={<LogIn aria-hidden />} isAlert>
      <p className="font-medium">{t("ended")}</p>
      <p className="mt-1 text-ink-2">{t(save.kept ? "howKept" : "howNotKept")}</p>
      <SignInBeside>{t("signIn")}</SignInBeside>
    </Notice>
  );
}

const isCommand = (entry: Entry): entry is Command => entry.kind === "command";

/** All that the person should know before they go on, most pressing first. Nothing when there is nothing. */
export function PanelNotices() {
  const t = useTranslations("claim");
  const { claimId, outbox, queue, seen, shown, status, unseen, mode } = useClaimRecord();
  const { store, setActiveClaim } = useWorkspaceServices();
  const held = queue.entries.filter((entry) => entry.held);
  const refusedCommands = held.filter(isCommand).filter(({ held }) => held?.because === "refused");
  const goneEvidence = held.filter((entry) => entry.kind === "edit" && entry.held?.because === "gone");
  const unsaved = shown.abilities.edit
    ? []
    : held.filter((entry) => entry.kind === "edit" && entry.held?.because === "refused");

  if (status === "gone")
    return (
      <Notice tone="error" icon={<CircleAlert aria-hidden />} isAlert>
        <p className="font-medium">{t("gone.told")}</p>
        <UnsentTexts entries={held} />
      </Notice>
    );

  const drop = (command: Command) => {
    if (command.request.name !== "createClaim") return outbox.discard(claimId, command.key);
    // What was written on a claim that was never made has nowhere to go: it was shown here, to be copied.
    outbox.abandon(claimId);
    setActiveClaim(null);
    store.remove(claimId);
  };

  return (
    <>
      <SignedOutNotice />
      {seen.trashedAt && <TrashedNotice held={held} />}
      {refusedCommands.map((command) => (
        <Notice key={command.key} tone="error" icon={<CircleAlert aria-hidden />} isAlert>
          <p className="font-medium">{t(`commands.${command.request.name}`)}</p>
          <p>{command.held?.because === "refused" && command.held.message}</p>
          <UnsentTexts entries={command.request.name === "createClaim" ? queue.entries : [command]} />
          <div className="mt-1.5 flex gap-1.5">
            {command.request.name !== "moveClaim" && command.request.name !== "decideWording" && (
              <Button size="sm" onClick={() => outbox.retry(claimId, command.key)}>
                {t("held.retry")}
              </Button>
            )}
            <Button size="sm" variant="quiet" onClick={() => drop(command)}>
              {t("commands.dismiss")}
            </Button>
          </div>
        </Notice>
      ))}
      {goneEvidence.length > 0 && !seen.trashedAt && (
        <Notice tone="error" icon={<CircleAlert aria-hidden />} isAlert>
          <p className="font-medium">{t("gone.evidence")}</p>
          <UnsentTexts entries={goneEvidence} />
        </Notice>
      )}
      {unsaved.length > 0 && (
        <Notice tone="error" icon={<CircleAlert aria-hidden />} isAlert>
          <p className="font-medium">{t("unsent.told")}</p>
          <UnsentTexts entries={unsaved} />
        </Notice>
      )}
      {mode === "kept" && (
        <Notice tone="error" icon={<CircleAlert aria-hidden />} isAlert>
          {t("kept")}
        </Notice>
      )}
      {unseen > 0 && <BehindNotice count={unseen} />}
      {!seen.trashedAt && <StateNotice />}
    </>
  );
}

function BehindNotice({ count }: { count: number }) {
  const t = useTranslations("claim.behind");
  const { claimId, outbox } = useClaimRecord();
  const version = outbox.state(claimId).view?.version ?? 0;
  const author = useLastAuthor(claimId, version) ?? t("somebody");
  return (
    <div role="status" className="sticky top-0 z-10 flex justify-center">
      <button
        type="button"
        onClick={() => outbox.catchUp(claimId)}
        className="min-h-7 rounded-full bg-ink px-3 py-1 text-sm text-paper shadow-pop hover:opacity-90"
      >
        {t("told", { count, author })} · <span className="font-semibold underline underline-offset-3">{t("show")}</span>
      </button>
    </div>
  );
}

function TrashedNotice({ held }: { held: readonly Entry[] }) {
  const t = useTranslations("claim.trashed");
  const { claimId, outbox, seen } = useClaimRecord();
  return (
    <Notice tone="error" icon={<Trash2 aria-hidden />} isAlert>
      <p className="font-medium">{t("told")}</p>
      {held.length > 0 && <p className="text-ink-2">{t("kept")}</p>}
      {seen.abilities.trash ? (
        <Button size="sm" className="mt-1.5" onClick={() => outbox.restore(claimId)}>
          <RotateCcw aria-hidden />
          {t("restore")}
        </Button>
      ) : (
        <p className="text-ink-2">{t("askEditor")}</p>
      )}
      <UnsentTexts entries={held} />
    </Notice>
  );
}

/** What the state itself has to tell: why it came back, why it was left out, what changed since it was approved. */
function StateNotice() {
  const t = useTranslations("claim.state");
  const frame = useTranslations("frame");
  const { seen } = useClaimRecord();
  const { store, setActiveClaim } = useWorkspaceServices();
  if (seen.state === "returned")
    return (
      <Notice tone="plain" icon={<Undo2 aria-hidden className="text-state-returned" />}>
        <p className="font-medium">{t("returned")}</p>
        <p className="wrap-anywhere whitespace-pre-line">{seen.stateReason}</p>
      </Notice>
    );
  if (seen.state === "set_aside" && seen.setAsideAs) {
    const target = seen.duplicateOfId ? store.get(seen.duplicateOfId) : undefined;
    return (
      <Notice tone="plain" icon={<CircleAlert aria-hidden />}>
        <p className="font-medium">{t("setAside", { reason: frame(`setAside.${seen.setAsideAs}`) })}</p>
        {target && (
          <button type="button" className="link min-h-6 text-start" onClick={() => setActiveClaim(target.id)}>
            {target.statement}
          </button>
        )}
        {seen.stateReason && <p className="wrap-anywhere whitespace-pre-line">{seen.stateReason}</p>}
      </Notice>
    );
  }
  if (seen.state === "stale" && seen.changes.length > 0) return <ChangesSinceApproval />;
  if (seen.state === "approved" && seen.approvedAt)
    return (
      <p className="text-sm text-ink-2">
        {t("approved", { person: seen.approvedBy?.name ?? t("anEditor") })} <LocalTime at={seen.approvedAt} />
        {seen.abilities.edit && <> · {t("approvalEnds")}</>}
      </p>
    );
  return null;
}

/** Exactly what differs from what was approved, before it is approved again. */
function ChangesSinceApproval() {
  const t = useTranslations("claim.stale");
  const { seen } = useClaimRecord();
  return (
    <Notice tone="plain" icon={<History aria-hidden className="text-state-stale" />}>
      <p className="font-medium">{t("told", { person: seen.approvedBy?.name ?? t("anEditor") })}</p>
      <dl className="mt-1 space-y-1.5">
        {seen.changes.map((change) => (
          <ChangeSinceApproval key={change.field} {...change} />
        ))}
      </dl>
    </Notice>
  );
}

function ChangeSinceApproval({ field, before, after }: ApprovalChange) {
  const t = useTranslations("claim.stale");
  const diff = useMemo(() => wordDiff(before, after), [before, after]);
  return (
    <div>
      <dt className="text-xs font-semibold text-ink-2">{t(`fields.${field}`)}</dt>
      <dd className="wrap-anywhere whitespace-pre-line">
        <span className="sr-only">{t("before")} </span>
        <del className="text-ink-2 decoration-state-stale">
          {before === "" ? t("nothing") : diff.left.map(markOnly("before"))}
        </del>
      </dd>
      <dd className="wrap-anywhere whitespace-pre-line">
        <span className="sr-only">{t("after")} </span>
        <ins className="no-underline">{after === "" ? t("nothing") : diff.right.map(markOnly("after"))}</ins>
      </dd>
    </div>
  );
}

const markOnly = (side: "before" | "after") => (part: { text: string; kind: "same" | "only" }, index: number) =>
  part.kind === "same" ? (
    part.text
  ) : (
    <mark key={index} className={cx("rounded-[2px] text-ink", side === "after" ? "bg-accent-tint" : "bg-open-tint")}>
      {part.text}
    </mark>
  );
