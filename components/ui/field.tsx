"use client";

import { Field as Base } from "@base-ui/react/field";
import type { ComponentProps, ReactNode } from "react";
import { cx } from "./class-names";

/** The look of whatever is typed in. 16 px on touch screens, so that a phone does not zoom in. */
export const controlClass =
  "block w-full min-w-0 rounded-md border border-edge bg-sheet px-2.5 text-base text-ink placeholder:text-ink-3 focus-visible:rounded-md focus-visible:outline-offset-0 data-invalid:border-urgent disabled:opacity-60 pointer-coarse:text-lg";

type FieldProps = {
  label: ReactNode;
  /** Said only to screen readers, where the place says it to everybody else. */
  hideLabel?: boolean;
  hint?: ReactNode;
  error?: string | null | undefined;
  name?: string;
  className?: string;
  /** An `Input`, a `Textarea`, or another control inside of it. */
  children: ReactNode;
};

/** A label, its control, a hint and an error, tied together for screen readers. */
export function Field({ label, hideLabel = false, hint, error, name, className, children }: FieldProps) {
  return (
    <Base.Root {...(name && { name })} invalid={Boolean(error)} className={cx("min-w-0", className)}>
      <Base.Label className={cx(hideLabel ? "sr-only" : "mb-1 block text-sm font-medium text-ink-2")}>
        {label}
      </Base.Label>
      {children}
      {hint && <Base.Description className="mt-1 text-sm text-ink-2">{hint}</Base.Description>}
      {error && (
        <Base.Error match className="mt-1 text-sm font-medium text-urgent">
          {error}
        </Base.Error>
      )}
    </Base.Root>
  );
}

type InputProps = Omit<ComponentProps<typeof Base.Control>, "className"> & { className?: string };

export function Input({ className, ...props }: InputProps) {
  return <Base.Control {...props} className={cx(controlClass, "h-9", className)} />;
}

type TextareaProps = Omit<ComponentProps<"textarea">, "className"> & { className?: string };

/** Grows with what is typed. */
export function Textarea({ className, ...props }: TextareaProps) {
  return (
    <Base.Control
      render={<textarea {...props} />}
      className={cx(controlClass, "field-sizing-content min-h-20 py-2", className)}
    />
  );
}
