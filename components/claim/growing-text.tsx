"use client";
import { type ComponentProps, useLayoutEffect, useRef } from "react";
import { cx } from "@/components/ui/class-names";
import { controlClass } from "@/components/ui/field";

type Props = Omit<ComponentProps<"textarea">, "className" | "value" | "onChange" | "rows"> & {
  value: string;
  onValueChange: (value: string) => void;
  className?: string;
};

/** A text field as tall as its text, in every browser. */
export function GrowingText({ value, onValueChange, className, ...props }: Props) {
  const ref = useRef<HTMLTextAreaElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: measured anew whenever the text is another one
  useLayoutEffect(() => {
    const field = ref.current;
    if (!field || CSS.supports("field-sizing", "content")) return;
    field.style.height = "auto";
    field.style.height = `${field.scrollHeight + 2}px`;
  }, [value]);
  return (
    <textarea
      {...props}
      ref={ref}
      rows={1}
      value={value}
      onChange={(event) => onValueChange(event.target.value)}
      className={cx(controlClass, "field-sizing-content resize-none overflow-hidden py-1.5", className)}
    />
  );
}
