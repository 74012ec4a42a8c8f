import { TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { cx } from "./class-names";

type Props = {
  title?: ReactNode;
  children?: ReactNode /** What can be done. */;
  action?: ReactNode;
  className?: string;
};

/** What happened, what was kept, what to do; read out at once. */
export function ErrorNote({ title, children, action, className }: Props) {
  return (
    <div
      role="alert"
      className={cx("flex gap-3 rounded-lg border border-urgent/45 bg-false-tint px-4 py-3", className)}
    >
      <TriangleAlert aria-hidden className="mt-0.5 size-4.5 shrink-0 text-urgent" />
      <div className="min-w-0 grow">
        {title && <p className="font-semibold">{title}</p>}
        {children && <div className="text-ink">{children}</div>}
        {action && <div className="mt-2">{action}</div>}
      </div>
    </div>
  );
}
