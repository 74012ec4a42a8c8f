"use client";

import { Button as Base } from "@base-ui/react/button";
import type { ComponentProps, ReactNode } from "react";
import { iconButtonClass } from "./button-look";
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
