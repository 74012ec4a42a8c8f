/** The looks that everything which opens above the page has in common. */
export const layer = "z-50 outline-hidden";

export const popupClass =
  "rounded-lg border border-line-2 bg-sheet text-ink shadow-pop outline-hidden transition-opacity duration-100 data-ending-style:opacity-0 data-instant:transition-none data-starting-style:opacity-0";

export const itemClass =
  "flex min-h-8 cursor-default select-none items-center gap-2.5 rounded-md px-2.5 py-1.5 text-base text-ink no-underline outline-hidden data-disabled:opacity-50 data-highlighted:bg-accent-tint data-highlighted:outline-2 data-highlighted:-outline-offset-2 data-highlighted:outline-focus/40 [&_svg]:size-4 [&_svg]:shrink-0";
