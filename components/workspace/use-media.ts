"use client";

import { useCallback, useSyncExternalStore } from "react";

/** Below this width claims are in a sheet from below rather than beside the text. */
export const narrow = "(width < 56.25rem)";

/** Whether a media query holds. False on the server: the page is made for a desktop, and CSS alone hides what has no room. */
export function useMedia(query: string): boolean {
  const subscribe = useCallback(
    (listener: () => void) => {
      const media = matchMedia(query);
      media.addEventListener("change", listener);
      return () => media.removeEventListener("change", listener);
    },
    [query],
  );
  return useSyncExternalStore(
    subscribe,
    () => matchMedia(query).matches,
    () => false,
  );
}
