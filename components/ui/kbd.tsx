import type { ReactNode } from "react";

/** A key, as it is printed on the keyboard. */
export function Kbd({ children }: { children: ReactNode }) {
  return (
    <kbd className="inline-grid h-5 min-w-5 place-items-center rounded-sm border border-b-2 border-line-2 bg-sheet px-1 font-sans text-xs leading-none text-ink-2">
      {children}
    </kbd>
  );
}
