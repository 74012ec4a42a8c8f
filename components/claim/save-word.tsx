"use client";
import { Check, CloudOff, LogIn, RefreshCw, TriangleAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import { type ReactNode, useEffect, useRef } from "react";
import { cx } from "@/components/ui/class-names";
import { LocalTime } from "@/components/ui/date";
import { type SaveState, useSaveState } from "@/lib/client/outbox";

/** The quiet word on saving. It is not read out at every save; `useSaveAnnouncements` says what matters. */
export function SaveWord({ onHeld, className }: { onHeld?: (claimIds: string[]) => void; className?: string }) {
  const t = useTranslations("claim.save");
  const save = useSaveState();
  const word = (icon: ReactNode, text: ReactNode, isTrouble = false) => (
    <span
      className={cx(
        "inline-flex items-center gap-1.5 text-sm whitespace-nowrap [&_svg]:size-3.5",
        isTrouble ? "font-medium text-urgent" : "text-ink-2",
        className,
      )}
    >
      {icon}
      {text}
    </span>
  );
  switch (save.kind) {
    case "saved":
      if (save.at === null) return null;
      return word(
        <Check aria-hidden />,
        <span>
          {t("saved")} <LocalTime at={new Date(save.at).toISOString()} shape="time" />
        </span>,
      );
    case "saving":
      return word(null, t("saving"));
    case "offline":
      return word(<CloudOff aria-hidden />, t(save.kept ? "offline" : "offlineNotKept"), !save.kept);
    case "retrying":
      return word(<RefreshCw aria-hidden />, t(save.kept ? "retrying" : "retryingNotKept"), true);
    case "signed_out":
      return word(<LogIn aria-hidden />, <SignInBeside>{t("signedOut")}</SignInBeside>, true);
    case "held":
      return word(
        <TriangleAlert aria-hidden />,
        onHeld ? (
          <button type="button" className="min-h-6 underline underline-offset-3" onClick={() => onHeld(save.claimIds)}>
            {t("held")}
          </button>
        ) : (
          t("held")
        ),
        true,
      );
  }
}

/** To the sign-in page in a tab of its own, so that this page stays as it is. */
export function SignInBeside({ children }: { children: ReactNode }) {
  return (
    <a
      href={`/sign-in?${new URLSearchParams({ next: location.pathname })}`}
      target="_blank"
      rel="noopener"
      className="inline-flex min-h-6 items-center font-semibold underline underline-offset-3"
    >
      {children}
    </a>
  );
}

const isTrouble = ({ kind }: SaveState) => kind !== "saved" && kind !== "saving";

/** Says to screen readers when saving stops working, and when it works again; never each save. */
export function useSaveAnnouncements(announce: (sentence: string) => void): void {
  const t = useTranslations("claim.save");
  const save = useSaveState();
  const before = useRef<SaveState>(save);
  useEffect(() => {
    const was = before.current;
    if (save.kind === "saving" || was.kind === save.kind) return;
    before.current = save;
    if (isTrouble(save)) announce(t(`announce.${save.kind}`));
    else if (isTrouble(was)) announce(t("announce.saved"));
  }, [save, announce, t]);
}
