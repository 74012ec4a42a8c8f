import { UploadCloud } from "lucide-react";
import type { ReactNode } from "react";

/** Over the whole page while a file is held above it. */
export function DropHint({ children }: { children: ReactNode }) {
  return (
    <div className="pointer-events-none fixed inset-3 z-40 grid place-items-center rounded-lg border-2 border-dashed border-focus bg-paper/90">
      <p className="flex items-center gap-3 text-xl font-semibold">
        <UploadCloud aria-hidden className="size-7" />
        {children}
      </p>
    </div>
  );
}
