"use client";

import { Toaster as Sonner } from "sonner";

/** Where toasts appear: what was done, with its undo. Use `toast` of sonner. Stays long enough to be reached by keyboard (Alt+T). */
export function Toaster() {
  return (
    <Sonner
      position="bottom-center"
      duration={8_000}
      visibleToasts={4}
      // A screen with a bar at its foot says how high that is.
      offset={{ bottom: "var(--toasts-foot, 1.5rem)" }}
      mobileOffset={{ bottom: "var(--toasts-foot, 1rem)" }}
      toastOptions={{
        unstyled: true,
        classNames: {
          // Behind the front one nothing can be seen, so nothing there takes a press or the focus until they are spread out.
          toast:
            "[&[data-front=false][data-expanded=false]_button]:invisible flex w-(--width) max-w-[calc(100vw-2rem)] items-center gap-3 rounded-lg bg-ink px-4 py-2.5 text-base text-paper shadow-pop font-sans",
          content: "grow min-w-0",
          description: "text-sm opacity-80",
          actionButton:
            "shrink-0 rounded-md border border-paper/40 px-2.5 py-1 text-sm font-semibold hover:bg-paper/15 focus-visible:outline-paper",
          cancelButton: "shrink-0 rounded-md px-2.5 py-1 text-sm hover:bg-paper/15 focus-visible:outline-paper",
        },
      }}
    />
  );
}
