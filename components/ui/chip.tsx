import Link from "next/link";
import type { ComponentProps, ReactNode } from "react";
import { cx } from "./class-names";

const chipClass = (on: boolean, className?: string) =>
  cx(
    "inline-flex h-7 shrink-0 select-none items-center gap-1.5 rounded-full border px-2.5 text-sm whitespace-nowrap no-underline transition-colors focus-visible:rounded-full [&_svg]:size-3.5",
    on ? "border-ink bg-ink text-paper" : "border-line-2 bg-sheet text-ink hover:border-edge hover:bg-wash",
    className,
  );

type Props = Omit<ComponentProps<"button">, "className" | "type"> & {
  /** Whether this filter is on. */
  on?: boolean;
  className?: string;
  children: ReactNode;
};

/** A filter that is on or off. */
export function Chip({ on = false, className, ...props }: Props) {
  return <button {...props} type="button" aria-pressed={on} className={chipClass(on, className)} />;
}

/** The same, where the filter lives in the address. */
export function ChipLink({
  on = false,
  className,
  ...props
}: Omit<ComponentProps<typeof Link>, "className"> & { on?: boolean; className?: string }) {
  return <Link {...props} aria-current={on ? "true" : undefined} className={chipClass(on, className)} />;
}
