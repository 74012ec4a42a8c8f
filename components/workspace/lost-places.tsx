"use client";
/** The claims whose words are no longer in the text, for as long as there is one: each with its quote, one press from being settled. */
import { ChevronRight, Unlink } from "lucide-react";
import { useTranslations } from "next-intl";
import { useMemo, useState } from "react";
import { Button } from "@/components/ui/button";
import { cx } from "@/components/ui/class-names";
import { everything, isOrphan } from "@/lib/client/claim-filter";
import { useAllClaims } from "@/lib/client/claim-store";
import { setPreference } from "@/lib/client/preferences";
import { useClaimFilter } from "@/lib/client/shown-claims";
import { applyFilter } from "./address";
import { useWorkspaceServices } from "./workspace-context";

/** More are looked through in the list of claims. */
const most = 30;

export function LostPlaces() {
  const t = useTranslations("places.lost");
  const { store, shown, setActiveClaim } = useWorkspaceServices();
  const claims = useAllClaims(store);
  const lost = useMemo(() => claims.filter(isOrphan), [claims]);
  const { anchor } = useClaimFilter(shown);
  const [opened, setOpened] = useState<boolean | null>(null);
  const showAll = () => {
    applyFilter(shown, { ...everything, anchor: "orphaned" });
    setPreference({ list: true });
    setOpened(false);
  };
  if (lost.length === 0) return null;
  const isOpen = opened ?? anchor === "orphaned";
  return (
    <section className="rounded-lg border border-urgent/50 bg-sheet">
      <button
        type="button"
        aria-expanded={isOpen}
        onClick={() => setOpened(!isOpen)}
        className="flex min-h-9 w-full items-center gap-2 rounded-lg px-3 text-start text-sm font-medium text-urgent hover:bg-wash"
      >
        <Unlink aria-hidden className="size-4 shrink-0" />
        <span className="grow">{t("label", { count: lost.length })}</span>
        <ChevronRight aria-hidden className={cx("size-4 transition-transform", isOpen && "rotate-90")} />
      </button>
      {isOpen && (
        <div className="border-t px-1.5 pt-1.5 pb-2">
          <p className="px-1.5 text-sm text-ink-2">{t("hint")}</p>
          <ul className="mt-1 max-h-64 overflow-y-auto">
            {lost.slice(0, most).map((claim) => (
              <li key={claim.id}>
                <button
                  type="button"
                  onClick={() => setActiveClaim(claim.id, { focus: "panel" })}
                  className="block w-full rounded-md px-1.5 py-1.5 text-start -outline-offset-2 hover:bg-wash"
                >
                  <q className="line-clamp-2 font-serif text-[0.9375rem]/[1.4] wrap-anywhere">
                    {claim.anchors.find(({ quote }) => quote)?.quote ?? claim.statement}
                  </q>
                  <span className="sr-only">{t("open", { statement: claim.statement.slice(0, 200) })}</span>
                </button>
              </li>
            ))}
          </ul>
          {lost.length > most && (
            <Button size="sm" variant="quiet" onClick={showAll}>
              {t("all", { count: lost.length })}
            </Button>
          )}
        </div>
      )}
    </section>
  );
}
