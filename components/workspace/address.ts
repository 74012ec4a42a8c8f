"use client";
/** The address says what is looked at, so that it can be sent to a colleague; it makes no history of its own. */
import { useTranslations } from "next-intl";
import { useEffect, useRef } from "react";
import { toast } from "sonner";
import type { ArticleSurface } from "@/lib/editor/article-surface";
import type { WorkspaceServices } from "./workspace-context";

export function writeAddress(change: (search: URLSearchParams) => void): void {
  const search = new URLSearchParams(location.search);
  change(search);
  const query = search.size > 0 ? `?${search}` : "";
  if (query !== location.search) history.replaceState(null, "", `${location.pathname}${query}`);
}

/** `?claim=…` opens that claim, once there is a text to show it in. */
export function useDeepLink(services: WorkspaceServices, surface: ArticleSurface | null, isLoaded: boolean): void {
  const t = useTranslations("workspace");
  const done = useRef(false);
  useEffect(() => {
    if (!surface || !isLoaded || done.current) return;
    done.current = true;
    const id = new URLSearchParams(location.search).get("claim");
    if (!id) return;
    if (services.store.get(id)) services.setActiveClaim(id, { scroll: true });
    else toast(t("claimGone"));
  }, [surface, isLoaded, services, t]);
}
