import { cx } from "./class-names";

const variants = {
  default: "border-line-2 bg-sheet hover:border-edge hover:bg-wash",
  primary: "border-accent bg-accent font-semibold text-paper hover:brightness-110",
  quiet: "border-transparent bg-transparent text-ink-2 hover:bg-wash hover:text-ink",
  danger: "border-line-2 bg-sheet text-urgent hover:border-urgent",
};
const sizes = {
  sm: "h-7 gap-1.5 px-2.5 text-sm",
  md: "h-9 gap-2 px-3.5 text-base",
};

export type ButtonLook = { variant?: keyof typeof variants; size?: keyof typeof sizes };

/** The look of a button, for `Button` and for links that do a button's part. */
export const buttonClass = ({ variant = "default", size = "md" }: ButtonLook = {}, className?: string): string =>
  cx(
    "inline-flex shrink-0 select-none items-center justify-center rounded-md border whitespace-nowrap no-underline transition-colors focus-visible:rounded-md disabled:opacity-55 data-disabled:opacity-55 [&_svg]:size-4 [&_svg]:shrink-0",
    variants[variant],
    sizes[size],
    className,
  );

/** The look of a button that shows only an icon. */
export const iconButtonClass = (size: "sm" | "md" = "md", className?: string) =>
  cx(
    "inline-grid shrink-0 place-items-center rounded-md text-ink-2 transition-colors hover:bg-wash hover:text-ink focus-visible:rounded-md disabled:opacity-55 data-disabled:opacity-55 data-popup-open:bg-wash data-popup-open:text-ink",
    size === "sm" ? "size-7 [&_svg]:size-4" : "size-9 [&_svg]:size-4.5",
    className,
  );
