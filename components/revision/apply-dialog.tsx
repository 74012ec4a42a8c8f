"use client";
/** Says in words what putting the new text under check will do, as things stand on the server, and asks once. */
import { useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog, DialogActions } from "@/components/ui/dialog";
import { ErrorNote } from "@/components/ui/error-note";
import { useFailureWords } from "@/components/ui/failure";
import type { RevisionDraftView } from "@/lib/domain/revision";
import { outcomesOf } from "@/lib/domain/revision-outcome";
import { useTallyWords } from "./wording-tally";

type Props = {
  /** Saves what waits and reads how it stands; null when there is something to see to first. */
  read: () => Promise<RevisionDraftView | null>;
  apply: (draft: RevisionDraftView) => Promise<void>;
  onClose: () => void;
};

const told = ["carried", "confirmed", "attached", "altered", "unplaced", "set_aside", "stale"] as const;

export function ApplyDialog({ read, apply, onClose }: Props) {
  const t = useTranslations("revisions.apply");
  const wizard = useTranslations("revisions.wizard");
  const frame = useTranslations("frame");
  const ledger = useTranslations("ledger");
  const failure = useFailureWords();
  const [draft, setDraft] = useState<RevisionDraftView | null>(null);
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState<unknown>(null);
  const latest = useRef({ read, onClose });
  latest.current = { read, onClose };

  useEffect(() => {
    let left = false;
    latest.current
      .read()
      .then((found) => {
        if (left) return;
        if (found) setDraft(found);
        else latest.current.onClose();
      })
      .catch((error) => !left && setFailed(error));
    return () => {
      left = true;
    };
  }, []);

  async function confirm() {
    if (!draft || busy) return;
    setBusy(true);
    setFailed(null);
    try {
      await apply(draft);
    } catch (error) {
      setFailed(error);
      setBusy(false);
    }
  }

  const sum = draft && outcomesOf(draft.anchors);
  const tally = useTallyWords(draft?.anchors ?? []);
  return (
    <Dialog open title={t("title")} onOpenChange={(open) => !open && !busy && onClose()}>
      {failed !== null && (
        <ErrorNote title={wizard("failedApply")} className="mb-3">
          {failure(failed)}
        </ErrorNote>
      )}
      {!sum && failed === null && <p role="status">{t("waiting")} …</p>}
      {sum && sum.claims === 0 && <p>{t("noClaims")}</p>}
      {sum && sum.claims > 0 && (
        <>
          <p>{t("body")}</p>
          <ul className="mt-2 grid list-disc gap-1 ps-5">
            {told.map((name) => sum[name] > 0 && <li key={name}>{t(name, { count: sum[name] })}</li>)}
          </ul>
          {tally && <p className="mt-2">{tally}</p>}
        </>
      )}
      {draft && (
        <p className="mt-2">{ledger("apply", { count: draft.coverage.sentences - draft.coverage.accounted })}</p>
      )}
      <DialogActions>
        <Button onClick={onClose} disabled={busy} focusableWhenDisabled>
          {frame("cancel")}
        </Button>
        <Button variant="primary" onClick={() => void confirm()} disabled={!draft || busy} focusableWhenDisabled>
          {t("confirm")}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
