"use client";
/** The claims of this article that are in the trash, and their way back. */
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { RotateCcw, Trash2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useMemo, useState } from "react";
import { toast } from "sonner";
import { Button } from "@/components/ui/button";
import { Chip } from "@/components/ui/chip";
import { Dialog } from "@/components/ui/dialog";
import { useFailureWords } from "@/components/ui/failure";
import { call } from "@/lib/client/call";
import { unsavedVersion, useAllClaims } from "@/lib/client/claim-store";
import { outboxOf } from "@/lib/client/outbox";
import type { ClaimSummary } from "@/lib/domain/claim";
import { endpoints } from "@/lib/domain/endpoints";
import { useWorkspaceServices } from "./workspace-context";

/** Nothing while the trash is empty. */
export function ClaimTrash() {
  const t = useTranslations("workspace.claimTrash");
  const failure = useFailureWords();
  const { actor, setActiveClaim } = useWorkspaceServices();
  const claims = useTrashedClaims();
  const [open, setOpen] = useState(false);
  const [busy, setBusy] = useState<string | null>(null);
  if (claims.length === 0 && !open) return null;

  const show = (id: string) => {
    setOpen(false);
    setActiveClaim(id, { focus: "panel", scroll: true });
  };
  const restore = async (claimId: string) => {
    setBusy(claimId);
    try {
      const view = await call(endpoints.restoreClaim, { as: actor.id, params: { claimId } });
      outboxOf(actor.id).learn(view);
      toast(t("restored"));
    } catch (error) {
      toast.error(failure(error));
    }
    setBusy(null);
  };
  return (
    <>
      <Chip onClick={() => setOpen(true)}>
        <Trash2 aria-hidden />
        {t("chip")} <span className="tabular-nums opacity-75">{claims.length}</span>
      </Chip>
      <Dialog title={t("title")} size="md" open={open} onOpenChange={setOpen}>
        {claims.length === 0 && <p className="text-ink-2">{t("empty")}</p>}
        <ul className="grid gap-2">
          {claims.map(({ id, statement }) => (
            <li key={id} className="flex items-start gap-3 rounded-lg border px-3 py-2.5">
              <button type="button" className="link line-clamp-2 min-h-6 grow text-start" onClick={() => show(id)}>
                {statement}
              </button>
              <Button
                size="sm"
                disabled={busy !== null}
                focusableWhenDisabled
                aria-label={t("restoreClaim", { statement: statement.slice(0, 80) })}
                onClick={() => void restore(id)}
              >
                <RotateCcw aria-hidden />
                {t("restore")}
              </Button>
            </li>
          ))}
        </ul>
      </Dialog>
    </>
  );
}

/** Asked for once the claims are there, and again when one goes to the trash or comes back. */
function useTrashedClaims(): readonly ClaimSummary[] {
  const { article, actor, store } = useWorkspaceServices();
  const present = useAllClaims(store);
  const queries = useQueryClient();
  const queryKey = useMemo(() => ["trashed claims", article.id], [article.id]);
  const { data } = useQuery({
    queryKey,
    enabled: store.isLoaded(),
    queryFn: ({ signal }) =>
      call(endpoints.listClaims, { params: { articleId: article.id }, query: { trash: "1" }, signal }),
  });
  useEffect(() => {
    const askAnew = () => void queries.invalidateQueries({ queryKey });
    const stop = store.subscribeToChanges((change) => {
      if (change.type === "remove" && change.claim.version !== unsavedVersion) askAnew();
    });
    const leave = outboxOf(actor.id).onLearnt(({ view, before }) => {
      if (view.articleId === article.id && (view.trashedAt ?? before?.trashedAt ?? null) !== null) askAnew();
    });
    return () => {
      stop();
      leave();
    };
  }, [queries, queryKey, store, actor.id, article.id]);
  // One that somebody has restored meanwhile is among the others already.
  // biome-ignore lint/correctness/useExhaustiveDependencies: `present` is what the store holds.
  return useMemo(() => (data?.claims ?? []).filter(({ id }) => !store.get(id)), [data, store, present]);
}
