import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";

type Props = {
  icon?: LucideIcon;
  title: ReactNode;
  children?: ReactNode /** The button that fills the place. */;
  action?: ReactNode;
};

/** An empty place: what goes there, and the button that fills it. */
export function EmptyState({ icon: Icon, title, children, action }: Props) {
  return (
    <div className="mx-auto grid max-w-md justify-items-center gap-2 px-6 py-14 text-center">
      {Icon && <Icon aria-hidden className="mb-1 size-8 text-ink-3" strokeWidth={1.5} />}
      <div className="text-lg font-semibold">{title}</div>
      {children && <div className="text-ink-2">{children}</div>}
      {action && <div className="mt-3">{action}</div>}
    </div>
  );
}
