"use client";

import { Search, X } from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type ReactNode, useEffect, useOptimistic, useRef, useTransition } from "react";
import { Button } from "@/components/ui/button";
import { buttonClass } from "@/components/ui/button-look";
import { cx } from "@/components/ui/class-names";
import { controlClass } from "@/components/ui/field";
import { Kbd } from "@/components/ui/kbd";
import { NativeSelect } from "@/components/ui/select";
import { type ArticleQuery, articleSorts } from "@/lib/domain/article";
import type { PersonRef } from "@/lib/domain/people";
import type { RatingView } from "@/lib/domain/verdict";
import { workflowStates } from "@/lib/domain/workflow";
import { deskAddress, isNarrowed, readDeskQuery } from "./desk-query";

/** How long somebody who types is waited for, in milliseconds. */
const typingPause = 250;

type Props = {
  query: ArticleQuery;
  ratings: readonly RatingView[];
  colleagues: readonly PersonRef[];
  actorId: string;
};

/** Search, filters and order. A plain form that asks with GET; with a script it asks by itself, and the address keeps the answer. */
export function DeskFilters({ query, ratings, colleagues, actorId }: Props) {
  const t = useTranslations("desk");
  const words = useTranslations("frame");
  const router = useRouter();
  const [pending, startTransition] = useTransition();
  const [shown, show] = useOptimistic(query);
  const form = useRef<HTMLFormElement>(null);
  const search = useRef<HTMLInputElement>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  // What was asked elsewhere (a link, the back button) shows here too, but never over what is being typed.
  useEffect(() => {
    const input = search.current;
    if (input && input !== document.activeElement) input.value = query.q ?? "";
  }, [query.q]);
  useEffect(() => () => clearTimeout(timer.current), []);

  function ask() {
    clearTimeout(timer.current);
    if (!form.current) return;
    const { query: next } = readDeskQuery(Object.fromEntries(new FormData(form.current)) as Record<string, string>);
    startTransition(() => {
      show(next);
      router.replace(deskAddress(next), { scroll: false });
    });
  }

  const select = (name: keyof ArticleQuery, label: string, options: ReactNode) => (
    <NativeSelect
      name={name}
      aria-label={label}
      value={shown[name] ?? ""}
      onChange={ask}
      className={cx("shrink-0", shown[name] && name !== "sort" && "[&>select]:border-accent [&>select]:font-semibold")}
    >
      {options}
    </NativeSelect>
  );

  return (
    <form
      ref={form}
      method="get"
      action="/articles"
      aria-label={t("filters.label")}
      data-pending={pending || undefined}
      onSubmit={(event) => {
        event.preventDefault();
        ask();
      }}
      className="mb-4 flex flex-wrap items-center gap-2"
    >
      {query.trash && <input type="hidden" name="trash" value="1" />}
      <div className="relative min-w-64 grow basis-80">
        <Search aria-hidden className="pointer-events-none absolute start-2.5 top-2.5 size-4 text-ink-3" />
        <input
          ref={search}
          type="search"
          name="q"
          defaultValue={query.q}
          maxLength={500}
          aria-label={t("search.label")}
          aria-keyshortcuts="/"
          data-search
          placeholder={t("search.placeholder")}
          autoComplete="off"
          onChange={() => {
            clearTimeout(timer.current);
            timer.current = setTimeout(ask, typingPause);
          }}
          className={cx(controlClass, "peer h-9 ps-9 pe-9")}
        />
        <span className="pointer-events-none absolute end-2 top-2 peer-focus:hidden pointer-coarse:hidden">
          <Kbd>/</Kbd>
        </span>
      </div>
      <div className="-mx-4 flex gap-2 overflow-x-auto px-4 py-0.5 sm:mx-0 sm:flex-wrap sm:overflow-visible sm:p-0">
        {select(
          "state",
          t("filters.state"),
          <>
            <option value="">{t("filters.anyState")}</option>
            {workflowStates.map((state) => (
              <option key={state} value={state}>
                {words(`states.${state}`)}
              </option>
            ))}
          </>,
        )}
        {select(
          "rating",
          t("filters.rating"),
          <>
            <option value="">{t("filters.anyRating")}</option>
            {ratings.map((rating) => (
              <option key={rating.id} value={rating.id}>
                {rating.symbol} {rating.label}
              </option>
            ))}
          </>,
        )}
        {select(
          "person",
          t("filters.person"),
          <>
            <option value="">{t("filters.anyPerson")}</option>
            <option value={actorId}>{t("filters.me")}</option>
            {colleagues
              .filter(({ id }) => id !== actorId)
              .map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
          </>,
        )}
        {select(
          "due",
          t("filters.due"),
          <>
            <option value="">{t("filters.anyDue")}</option>
            <option value="overdue">{t("filters.overdue")}</option>
            <option value="week">{t("filters.week")}</option>
          </>,
        )}
        {select(
          "sort",
          t("sort.label"),
          articleSorts.map((sort) => (
            <option key={sort} value={sort}>
              {t(`sort.${sort}`)}
            </option>
          )),
        )}
        {isNarrowed(shown) && (
          <Link
            href={deskAddress({ trash: query.trash, sort: query.sort })}
            scroll={false}
            onClick={() => {
              clearTimeout(timer.current);
              if (search.current) search.current.value = "";
            }}
            className={buttonClass({ variant: "quiet" })}
          >
            <X aria-hidden />
            {t("filters.clear")}
          </Link>
        )}
      </div>
      <noscript>
        <Button type="submit">{t("search.apply")}</Button>
      </noscript>
    </form>
  );
}
