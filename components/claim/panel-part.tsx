import type { ReactNode } from "react";
import { cx } from "@/components/ui/class-names";

type Props = {
  id: string;
  label: ReactNode;
  /** At the end of the line of the label: a hint, a count, a button. */
  aside?: ReactNode;
  className?: string;
  children: ReactNode;
};

/** One part of the claim panel under its name. */
export function PanelPart({ id, label, aside, className, children }: Props) {
  return (
    <div id={id} className={cx("scroll-my-16", className)}>
      <div className="mb-1 flex min-h-6 items-center gap-2">
        <h3 id={`${id}-label`} className="text-sm font-semibold text-ink-2">
          {label}
        </h3>
        {aside && <div className="ms-auto flex items-center gap-1 text-sm text-ink-2">{aside}</div>}
      </div>
      {children}
    </div>
  );
}
