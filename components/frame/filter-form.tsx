"use client";

import { Search, X } from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useEffect, useOptimistic, useRef, useTransition } from "react";
import { Button } from "@/components/ui/button";
import { buttonClass } from "@/components/ui/button-look";
import { cx } from "@/components/ui/class-names";
import { controlClass } from "@/components/ui/field";
import { Kbd } from "@/components/ui/kbd";
import { NativeSelect } from "@/components/ui/select";
import { writeAddress } from "./address";

/** How long somebody who types is waited for, in milliseconds. */
const typingPause = 250;

export type Filter = {
  name: string;
  label: string;
  value: string;
  /** The first is what stands when nothing is asked. */
  options: readonly { value: string; label: string }[];
};

type Props = {
  /** The path of the list, without its query. */
  action: string;
  label: string;
  search?: { label: string; placeholder: string; value: string };
  filters: readonly Filter[];
  /** What the address keeps, whatever is asked. */
  kept?: Record<string, string | undefined>;
  /** Where nothing is asked any more; none while nothing is. */
  clear?: string | undefined;
};

/**
 * Search and filters of a list. A plain form that asks with GET; with a script it asks by itself while the address keeps the
 * answer. While it waits it carries `data-pending`, by which the list can step back.
 */
export function FilterForm({ action, label, search, filters, kept = {}, clear }: Props) {
  const t = useTranslations("frame.filters");
  const router = useRouter();
  const [pending, startTransition] = useTransition();
  const [shown, show] = useOptimistic(Object.fromEntries(filters.map(({ name, value }) => [name, value])));
  const form = useRef<HTMLFormElement>(null);
  const input = useRef<HTMLInputElement>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  // What was asked elsewhere (a link, the back button) shows here too, but never over what is being typed.
  useEffect(() => {
    if (input.current && input.current !== document.activeElement) input.current.value = search?.value ?? "";
  }, [search?.value]);
  useEffect(() => () => clearTimeout(timer.current), []);

  function ask() {
    clearTimeout(timer.current);
    if (!form.current) return;
    const asked = Object.fromEntries(
      [...new FormData(form.current)].map(([name, value]) => [name, String(value).trim()]),
    );
    const usual = filters
      .filter(({ name, options }) => asked[name] === options[0]?.value)
      .map(({ name }) => [name, ""]);
    startTransition(() => {
      show(asked);
      router.replace(writeAddress(action, { ...asked, ...Object.fromEntries(usual) }), { scroll: false });
    });
  }

  return (
    <form
      ref={form}
      method="get"
      action={action}
      aria-label={label}
      data-pending={pending || undefined}
      onSubmit={(event) => {
        event.preventDefault();
        ask();
      }}
      className="mb-4 flex flex-wrap items-center gap-2"
    >
      {Object.entries(kept).map(
        ([name, value]) => value && <input key={name} type="hidden" name={name} value={value} />,
      )}
      {search && (
        <div className="relative min-w-64 grow basis-80">
          <Search aria-hidden className="pointer-events-none absolute start-2.5 top-2.5 size-4 text-ink-3" />
          <input
            ref={input}
            type="search"
            name="q"
            defaultValue={search.value}
            maxLength={500}
            aria-label={search.label}
            aria-keyshortcuts="/"
            data-search
            placeholder={search.placeholder}
            autoComplete="off"
            onChange={() => {
              clearTimeout(timer.current);
              timer.current = setTimeout(ask, typingPause);
            }}
            className={cx(controlClass, "peer h-9 ps-9 pe-9")}
          />
          <span className="pointer-events-none absolute end-2 top-2 peer-focus:hidden peer-not-placeholder-shown:hidden pointer-coarse:hidden">
            <Kbd>/</Kbd>
          </span>
        </div>
      )}
      <div className="-mx-4 flex gap-2 overflow-x-auto px-4 py-1 sm:mx-0 sm:flex-wrap sm:overflow-visible sm:p-0">
        {filters.map((filter) => {
          const value = shown[filter.name] ?? "";
          return (
            <NativeSelect
              key={filter.name}
              name={filter.name}
              aria-label={filter.label}
              value={value}
              onChange={ask}
              className={cx(
                "max-w-56 shrink-0",
                value !== filter.options[0]?.value && "[&>select]:border-accent [&>select]:font-semibold",
              )}
            >
              {filter.options.map((option) => (
                <option key={option.value} value={option.value}>
                  {option.label}
                </option>
              ))}
            </NativeSelect>
          );
        })}
        {clear && (
          <Link
            href={clear}
            scroll={false}
            onClick={() => {
              clearTimeout(timer.current);
              if (input.current) input.current.value = "";
            }}
            className={buttonClass({ variant: "quiet" })}
          >
            <X aria-hidden />
            {t("clear")}
          </Link>
        )}
      </div>
      <noscript>
        <Button type="submit">{t("apply")}</Button>
      </noscript>
    </form>
  );
}
