"use client";
/** The open claim on a phone: a sheet from below, over which the text stays in sight. Not a dialog: the text above goes on working. */
import { ChevronDown, ChevronUp } from "lucide-react";
import { useTranslations } from "next-intl";
import { type PointerEvent, type ReactNode, useRef, useState } from "react";
import { cx } from "@/components/ui/class-names";

type Props = { label: string; onClose: () => void; children: ReactNode };

/** Pixels that a drag must go to mean something. */
const meant = 48;

export function ClaimSheet({ label, onClose, children }: Props) {
  const t = useTranslations("workspace.sheet");
  const [tall, setTall] = useState(false);
  const from = useRef<number | null>(null);
  /** The click that ends a drag is no press. */
  const dragged = useRef(false);
  const end = (event: PointerEvent) => {
    const by = from.current === null ? 0 : event.clientY - from.current;
    from.current = null;
    dragged.current = Math.abs(by) > meant;
    if (by < -meant) setTall(true);
    else if (by > meant && tall) setTall(false);
    else if (by > meant) onClose();
  };
  const press = () => {
    if (!dragged.current) setTall((now) => !now);
    dragged.current = false;
  };
  const Icon = tall ? ChevronDown : ChevronUp;
  return (
    <aside
      aria-label={label}
      className={cx(
        "fixed inset-x-0 bottom-0 z-30 flex flex-col rounded-t-2xl border-t border-line-2 bg-paper shadow-pop transition-[max-height] duration-150",
        tall ? "max-h-[92dvh]" : "max-h-[56dvh]",
      )}
    >
      <button
        type="button"
        aria-label={tall ? t("shrink") : t("grow")}
        aria-expanded={tall}
        onPointerDown={(event) => {
          from.current = event.clientY;
          dragged.current = false;
          event.currentTarget.setPointerCapture(event.pointerId);
        }}
        onPointerUp={end}
        onClick={press}
        className="grid h-7 shrink-0 touch-none place-items-center rounded-t-2xl text-ink-3 -outline-offset-2"
      >
        <Icon aria-hidden className="size-5" />
      </button>
      <div className="min-h-0 overflow-y-auto overscroll-contain px-3 pb-[max(0.75rem,env(safe-area-inset-bottom))]">
        {children}
      </div>
    </aside>
  );
}
