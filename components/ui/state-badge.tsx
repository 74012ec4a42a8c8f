import {
  CircleCheckBig,
  CircleDashed,
  CircleDot,
  CirclePause,
  CircleSlash,
  Eye,
  History,
  type LucideIcon,
  Undo2,
} from "lucide-react";
import { useTranslations } from "next-intl";
import type { WorkflowState } from "@/lib/domain/workflow";
import { cx } from "./class-names";

/** Each state of a claim as icon, ink and fill. No colour of the verdicts among them. */
export const stateLook: Record<WorkflowState, { icon: LucideIcon; fill: string; ink: string }> = {
  open: { icon: CircleDashed, fill: "bg-state-open", ink: "text-state-open" },
  in_check: { icon: CircleDot, fill: "bg-state-in-check", ink: "text-state-in-check" },
  needs_info: { icon: CirclePause, fill: "bg-state-needs-info state-hatched", ink: "text-state-needs-info" },
  in_review: { icon: Eye, fill: "bg-state-in-review", ink: "text-state-in-review" },
  returned: { icon: Undo2, fill: "bg-state-returned", ink: "text-state-returned" },
  approved: { icon: CircleCheckBig, fill: "bg-state-approved", ink: "text-state-approved" },
  stale: { icon: History, fill: "bg-state-stale state-hatched", ink: "text-state-stale" },
  set_aside: { icon: CircleSlash, fill: "bg-state-set-aside state-hatched", ink: "text-state-set-aside" },
};

/** The states in the order in which a bar shows them: what is done first, what is left out last. */
export const statesByProgress: readonly WorkflowState[] = [
  "approved",
  "stale",
  "in_review",
  "returned",
  "needs_info",
  "in_check",
  "open",
  "set_aside",
];

/** Where the work on a claim is: icon and word. */
export function StateBadge({ state, className }: { state: WorkflowState; className?: string }) {
  const t = useTranslations("frame");
  const { icon: Icon, ink } = stateLook[state];
  return (
    <span
      title={t(`stateHints.${state}`)}
      className={cx("inline-flex items-center gap-1.5 text-sm whitespace-nowrap text-ink-2", className)}
    >
      <Icon aria-hidden className={cx("size-3.5 shrink-0", ink)} strokeWidth={2.4} />
      {t(`states.${state}`)}
    </span>
  );
}
