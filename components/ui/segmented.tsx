"use client";

import { Toggle } from "@base-ui/react/toggle";
import { ToggleGroup } from "@base-ui/react/toggle-group";
import type { ReactNode } from "react";
import { cx } from "./class-names";

type Props<Value extends string> = {
  label: string;
  value: Value | null;
  onValueChange: (value: Value) => void;
  options: readonly { value: Value; label: ReactNode; disabled?: boolean }[];
  size?: "sm" | "md";
  className?: string;
};

/** One of a few, side by side: arrow keys walk, Enter or space picks. */
export function Segmented<Value extends string>({
  label,
  value,
  onValueChange,
  options,
  size = "md",
  className,
}: Props<Value>) {
  return (
    <ToggleGroup
      aria-label={label}
      value={value ? [value] : []}
      onValueChange={([next]) => next && onValueChange(next)}
      className={cx("inline-flex gap-0.5 rounded-md bg-wash p-0.5", className)}
    >
      {options.map((option) => (
        <Toggle
          key={option.value}
          value={option.value}
          disabled={option.disabled ?? false}
          className={cx(
            "grow rounded-sm px-2.5 text-ink-2 whitespace-nowrap transition-colors hover:text-ink disabled:opacity-50 data-pressed:bg-sheet data-pressed:font-semibold data-pressed:text-ink data-pressed:shadow-[0_0_0_1px_var(--line-2)]",
            size === "sm" ? "h-6 text-sm" : "h-8",
          )}
        >
          {option.label}
        </Toggle>
      ))}
    </ToggleGroup>
  );
}
