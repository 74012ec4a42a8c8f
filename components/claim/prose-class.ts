/** The look of a rationale, written or read. */
export const proseClass =
  "font-serif text-[0.9375rem]/[1.5] wrap-anywhere [&_a]:text-accent [&_a]:underline [&_a]:underline-offset-3 [&_li>p]:my-0 [&_ol]:my-1 [&_ol]:list-decimal [&_ol]:ps-5 [&_p]:my-0 [&_p+p]:mt-2 [&_ul]:my-1 [&_ul]:list-disc [&_ul]:ps-5";
