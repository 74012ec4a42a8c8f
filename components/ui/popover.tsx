"use client";

import { Popover as Base } from "@base-ui/react/popover";
import type { ReactElement, ReactNode } from "react";
import { cx } from "./class-names";
import { layer, popupClass } from "./layer";

type Props = {
  trigger?: ReactElement<Record<string, unknown>>;
  /** The name of what opens, for screen readers. */
  label: string;
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
  side?: "top" | "bottom" | "left" | "right";
  align?: "start" | "center" | "end";
  openOnHover?: boolean;
  className?: string;
  children: ReactNode;
};

export function Popover({
  trigger,
  label,
  open,
  onOpenChange,
  side = "bottom",
  align = "start",
  openOnHover = false,
  className,
  children,
}: Props) {
  return (
    <Base.Root {...(open !== undefined && { open })} {...(onOpenChange && { onOpenChange })}>
      {trigger && <Base.Trigger render={trigger} openOnHover={openOnHover} delay={250} />}
      <Base.Portal>
        <Base.Positioner side={side} align={align} sideOffset={6} collisionPadding={8} className={layer}>
          <Base.Popup
            aria-label={label}
            className={cx(popupClass, "max-w-[min(24rem,calc(100vw-1rem))] p-3", className)}
          >
            {children}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
