"use client";

import { Button as Base } from "@base-ui/react/button";
import type { ComponentProps, ReactNode } from "react";
import { cx } from "./class-names";
import { Tooltip } from "./tooltip";

type Props = Omit<ComponentProps<typeof Base>, "className" | "children" | "aria-label"> & {
  /** What it does, in words: its name for screen readers and its tooltip. */
  label: string;
  /** The key that does the same. */
  shortcut?: string;
  size?: "sm" | "md";
  className?: string;
  children: ReactNode;
};

/** A button that shows only an icon. Never smaller than 28 px. */
export function IconButton({ label, shortcut, size = "md", className, children, ...props }: Props) {
  return (
    <Tooltip content={label} {...(shortcut && { shortcut })}>
      <Base {...props} aria-label={label} className={iconButtonClass(size, className)}>
        {children}
      </Base>
    </Tooltip>
  );
}

export const iconButtonClass = (size: "sm" | "md" = "md", className?: string) =>
  cx(
    "inline-grid shrink-0 place-items-center rounded-md text-ink-2 transition-colors hover:bg-wash hover:text-ink focus-visible:rounded-md disabled:opacity-55 data-disabled:opacity-55 data-popup-open:bg-wash data-popup-open:text-ink",
    size === "sm" ? "size-7 [&_svg]:size-4" : "size-9 [&_svg]:size-4.5",
    className,
  );
