"use client";

import { Field } from "@base-ui/react/field";
import { Select as Base } from "@base-ui/react/select";
import { Check, ChevronsUpDown } from "lucide-react";
import type { ComponentProps, ReactNode } from "react";
import { cx } from "./class-names";
import { controlClass } from "./field";
import { itemClass, layer, popupClass } from "./layer";

export type SelectOption<Value extends string> = { value: Value; label: string; icon?: ReactNode; disabled?: boolean };

type Props<Value extends string> = {
  options: readonly SelectOption<Value>[];
  value?: Value | null;
  defaultValue?: Value | null;
  onValueChange?: (value: Value) => void;
  placeholder?: string;
  name?: string;
  disabled?: boolean;
  className?: string;
  /** Needed where no `Field` gives it a label. */
  "aria-label"?: string;
};

/** A choice from a list, where the options carry symbols. For forms that must work without a script, `NativeSelect`. */
export function Select<Value extends string>({
  options,
  onValueChange,
  placeholder,
  className,
  "aria-label": label,
  ...props
}: Props<Value>) {
  return (
    <Base.Root
      {...props}
      items={options.map(({ value, label }) => ({ value, label }))}
      onValueChange={(value) => value !== null && onValueChange?.(value)}
    >
      <Base.Trigger
        {...(label && { "aria-label": label })}
        className={cx(controlClass, "flex h-9 items-center justify-between gap-2 text-start", className)}
      >
        <Base.Value className="truncate data-placeholder:text-ink-3" placeholder={placeholder} />
        <Base.Icon className="text-ink-3">
          <ChevronsUpDown aria-hidden className="size-4" />
        </Base.Icon>
      </Base.Trigger>
      <Base.Portal>
        <Base.Positioner sideOffset={4} collisionPadding={8} alignItemWithTrigger={false} className={layer}>
          <Base.Popup className={cx(popupClass, "min-w-(--anchor-width)")}>
            <Base.List className="max-h-[min(22rem,var(--available-height))] overflow-y-auto p-1">
              {options.map((option) => (
                <Base.Item
                  key={option.value}
                  value={option.value}
                  disabled={option.disabled ?? false}
                  className={itemClass}
                >
                  {option.icon}
                  <Base.ItemText className="grow">{option.label}</Base.ItemText>
                  <Base.ItemIndicator>
                    <Check aria-hidden />
                  </Base.ItemIndicator>
                </Base.Item>
              ))}
            </Base.List>
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

type NativeProps = Omit<ComponentProps<"select">, "className"> & { className?: string };

/** The browser's own select: works before any script runs, and as the phone does it. */
export function NativeSelect({ className, children, ...props }: NativeProps) {
  return (
    <span className={cx("relative inline-block min-w-0", className)}>
      <Field.Control
        render={<select {...props}>{children}</select>}
        className={cx(controlClass, "h-9 appearance-none truncate pr-8")}
      />
      <ChevronsUpDown aria-hidden className="pointer-events-none absolute top-2.5 right-2.5 size-4 text-ink-3" />
    </span>
  );
}
