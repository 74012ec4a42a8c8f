"use client";
/** On a phone the text has the whole width: the open claim is a sheet from below, the list of claims is behind a button. */
import { ListTree } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { useShownIds } from "@/lib/client/shown-claims";
import { ClaimFilters } from "./claim-filters";
import { ClaimList } from "./claim-list";
import { ClaimSheet } from "./claim-sheet";
import { ClaimsOrWhyNone, type ClaimsProps } from "./claims-column";
import { LostPlaces } from "./lost-places";
import { OpenClaim } from "./open-claim";
import { useHand } from "./use-places";
import { useActiveClaimId, useWorkspaceServices } from "./workspace-context";

/** `hasBar`: a bar stands at the foot of the screen, where the button would be. */
export function ClaimsOnPhone({ hasBar, ...props }: ClaimsProps & { hasBar: boolean }) {
  const t = useTranslations("workspace");
  const { shown, closeClaim } = useWorkspaceServices();
  const activeId = useActiveClaimId();
  // The words that it stands on are being selected: the text is wanted whole.
  const hand = useHand(useWorkspaceServices());
  const count = useShownIds(shown).length;
  const [listed, setListed] = useState(false);
  // Choosing a claim in the list closes it.
  useEffect(() => {
    if (activeId !== null) setListed(false);
  }, [activeId]);
  return (
    <>
      {activeId === null && !hasBar && (
        <Button
          onClick={() => setListed(true)}
          className="fixed end-4 bottom-[max(1rem,env(safe-area-inset-bottom))] z-20 rounded-full shadow-pop"
        >
          <ListTree aria-hidden />
          {t("claimCount", { count })}
        </Button>
      )}
      {activeId !== null && !hand && (
        <ClaimSheet label={t("openClaim")} onClose={closeClaim}>
          <OpenClaim id={activeId} />
        </ClaimSheet>
      )}
      <Dialog title={t("claims")} size="md" open={listed} onOpenChange={setListed}>
        <div className="flex h-[76dvh] flex-col gap-3">
          <ClaimFilters />
          <LostPlaces />
          <ClaimsOrWhyNone {...props}>
            <ClaimList ratings={props.ratings} startAt={null} />
          </ClaimsOrWhyNone>
        </div>
      </Dialog>
    </>
  );
}
