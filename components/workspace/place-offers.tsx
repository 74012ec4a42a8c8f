"use client";
/** What the selected words can be to the claim that is open or in hand: its lost place found, one more place. */
import { Anchor, ListPlus } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { Kbd } from "@/components/ui/kbd";
import { isSure } from "@/lib/domain/revision";
import { type Places, useHand } from "./use-places";
import { useActiveClaimId, useClaim, useWorkspaceServices } from "./workspace-context";

type Props = { places: Places; size: "sm" | "md"; keys: boolean };

export function PlaceOffers({ places, size, keys }: Props) {
  const t = useTranslations("places.bar");
  const id = useActiveClaimId();
  const claim = useClaim(id ?? "");
  const hand = useHand(useWorkspaceServices());
  const isLost = claim?.anchors.some(({ state }) => !isSure(state)) ?? false;
  return (
    <>
      {(hand || isLost) && (
        <Button variant={hand ? "primary" : "default"} size={size} onClick={places.attach}>
          <Anchor aria-hidden />
          {t("attach")}
          {keys && <Kbd>w</Kbd>}
        </Button>
      )}
      {claim && !hand && (
        <Button variant="default" size={size} onClick={places.also}>
          <ListPlus aria-hidden />
          {t("also")}
          {keys && <Kbd>p</Kbd>}
        </Button>
      )}
    </>
  );
}
