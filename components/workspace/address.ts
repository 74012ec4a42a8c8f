"use client";
/** The address says what is looked at, so that it can be sent to a colleague; it makes no history of its own. */
import { useTranslations } from "next-intl";
import { useEffect, useRef } from "react";
import { toast } from "sonner";
import { AddressWriter } from "@/lib/client/address-writer";
import { call } from "@/lib/client/call";
import { type ClaimFilter, writeFilter } from "@/lib/client/claim-filter";
import type { ShownClaims } from "@/lib/client/shown-claims";
import { standsIn } from "@/lib/domain/claim";
import { endpoints } from "@/lib/domain/endpoints";
import { AppError } from "@/lib/domain/errors";
import { isPlaced } from "@/lib/domain/revision";
import type { ArticleSurface } from "@/lib/editor/article-surface";
import type { WorkspaceServices } from "./workspace-context";

const address = new AddressWriter();

export const writeAddress = (change: (search: URLSearchParams) => void): void => address.write(change);

/** Shows what the filter lets through, and says so in the address. */
export function applyFilter(shown: ShownClaims, filter: ClaimFilter): void {
  shown.setFilter(filter);
  writeAddress((search) => writeFilter(filter, search));
}

/** `?claim=…` opens that claim, once there is a text to show it in; one in the trash too, where it can be restored. */
export function useDeepLink(services: WorkspaceServices, surface: ArticleSurface | null, isLoaded: boolean): void {
  const t = useTranslations("workspace");
  const done = useRef(false);
  useEffect(() => {
    if (!surface || !isLoaded || done.current) return;
    done.current = true;
    const { store, article, active, setActiveClaim } = services;
    const id = new URLSearchParams(location.search).get("claim");
    if (!id) return;
    const claim = store.get(id);
    if (claim) {
      setActiveClaim(id, { scroll: true });
      // One of its places, by its anchor.
      const at = new URLSearchParams(location.search).get("at");
      const place = claim.anchors.find((anchor) => anchor.id === at && isPlaced(anchor.state));
      writeAddress((search) => search.delete("at"));
      if (place) services.showInText(id, place.start);
      return;
    }
    const look = async () => {
      try {
        const claim = await call(endpoints.getClaim, { params: { claimId: id } });
        return standsIn(claim, article.id);
      } catch (error) {
        // Without an answer the panel says so, and tries again.
        return !(error instanceof AppError && (error.code === "not_found" || error.code === "invalid"));
      }
    };
    void look().then((isHere) => {
      if (!isHere) toast(t("claimGone"));
      else if (active.get() === null) setActiveClaim(id);
    });
  }, [surface, isLoaded, services, t]);
}
