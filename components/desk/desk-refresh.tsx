"use client";

import { useRouter } from "next/navigation";
import { useEffect } from "react";

/** Milliseconds after which what stands on the desk may be old. */
const freshFor = 15_000;

/** Whoever comes back to the desk finds it as it is now. */
export function DeskRefresh() {
  const router = useRouter();
  useEffect(() => {
    let last = Date.now();
    function refresh() {
      if (document.visibilityState !== "visible" || Date.now() - last < freshFor) return;
      last = Date.now();
      router.refresh();
    }
    document.addEventListener("visibilitychange", refresh);
    return () => document.removeEventListener("visibilitychange", refresh);
  }, [router]);
  return null;
}
