"use client";

import { ArrowDown, ArrowUp, Plus } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { toast } from "sonner";
import { Button } from "@/components/ui/button";
import { useFailureWords } from "@/components/ui/failure";
import { IconButton } from "@/components/ui/icon-button";
import { VerdictBadge } from "@/components/ui/verdict-badge";
import { call } from "@/lib/client/call";
import { endpoints } from "@/lib/domain/endpoints";
import { AppError } from "@/lib/domain/errors";
import { type RatingView, ratingView } from "@/lib/domain/verdict";
import { RatingDialog } from "./rating-dialog";

const byPosition = (a: RatingView, b: RatingView) => a.position - b.position;

/** The newsroom's scale: which verdicts can be given, in which order, and what each means. */
export function ScaleEditor({ ratings: given }: { ratings: RatingView[] }) {
  const t = useTranslations("people.settings.scale");
  const failure = useFailureWords();
  const [ratings, setRatings] = useState(given);
  const [edited, setEdited] = useState<RatingView | "new" | null>(null);
  const [busy, setBusy] = useState(false);
  const inUse = ratings.filter(({ retired }) => !retired).toSorted(byPosition);
  const retired = ratings.filter(({ retired }) => retired).toSorted(byPosition);

  const keep = (rating: RatingView) => setRatings((now) => [...now.filter(({ id }) => id !== rating.id), rating]);

  async function change(work: () => Promise<void>) {
    setBusy(true);
    try {
      await work();
    } catch (error) {
      const current = error instanceof AppError && error.code === "conflict" ? error.details.current : undefined;
      const fresh = ratingView.safeParse(current);
      if (fresh.success) keep(fresh.data);
      toast.error(failure(error));
    } finally {
      setBusy(false);
    }
  }

  const update = async ({ id, version }: RatingView, body: { position?: number; retired?: boolean }) =>
    keep(await call(endpoints.updateRating, { params: { ratingId: id }, version, body }));

  const setRetired = (rating: RatingView, retired: boolean) =>
    change(async () => {
      await update(rating, { retired });
      toast(t(retired ? "isRetired" : "isBack", { label: rating.label }));
    });

  /** The whole order is written anew, so that positions that were equal or had gaps do no harm. */
  const move = (rating: RatingView, by: -1 | 1) =>
    change(async () => {
      const order = inUse.filter(({ id }) => id !== rating.id);
      order.splice(inUse.indexOf(rating) + by, 0, rating);
      for (const [i, one] of [...order, ...retired].entries()) {
        if (one.position !== i + 1) await update(one, { position: i + 1 });
      }
    });

  return (
    <section aria-labelledby="scale" className="mt-8">
      <div className="mb-3 flex flex-wrap items-end gap-3">
        <div className="min-w-0 grow basis-72">
          <h2 id="scale" className="text-lg font-semibold">
            {t("title")}
          </h2>
          <p className="text-ink-2">{t("description")}</p>
        </div>
        <Button onClick={() => setEdited("new")}>
          <Plus aria-hidden />
          {t("add")}
        </Button>
      </div>
      <ol className="rounded-lg border bg-sheet">
        {inUse.map((rating, i) => (
          <li key={rating.id} className="flex flex-wrap items-center gap-x-4 gap-y-2 border-b px-3 py-3 last:border-0">
            <Rating rating={rating} />
            <span className="flex items-center gap-1">
              <IconButton
                label={t("up", { label: rating.label })}
                size="sm"
                disabled={busy || i === 0}
                focusableWhenDisabled
                onClick={() => move(rating, -1)}
              >
                <ArrowUp aria-hidden />
              </IconButton>
              <IconButton
                label={t("down", { label: rating.label })}
                size="sm"
                disabled={busy || i === inUse.length - 1}
                focusableWhenDisabled
                onClick={() => move(rating, 1)}
              >
                <ArrowDown aria-hidden />
              </IconButton>
              <Button size="sm" aria-label={t("editOne", { label: rating.label })} onClick={() => setEdited(rating)}>
                {t("edit")}
              </Button>
              <Button
                size="sm"
                variant="danger"
                aria-label={t("retireOne", { label: rating.label })}
                disabled={busy}
                focusableWhenDisabled
                onClick={() => setRetired(rating, true)}
              >
                {t("retire")}
              </Button>
            </span>
          </li>
        ))}
      </ol>
      {retired.length > 0 && (
        <>
          <h3 className="mt-5 mb-2 font-semibold">{t("retired")}</h3>
          <ul className="rounded-lg border bg-sheet">
            {retired.map((rating) => (
              <li
                key={rating.id}
                className="flex flex-wrap items-center gap-x-4 gap-y-2 border-b px-3 py-3 last:border-0"
              >
                <Rating rating={rating} />
                <Button
                  size="sm"
                  aria-label={t("bringBackOne", { label: rating.label })}
                  disabled={busy}
                  focusableWhenDisabled
                  onClick={() => setRetired(rating, false)}
                >
                  {t("bringBack")}
                </Button>
              </li>
            ))}
          </ul>
        </>
      )}
      {edited && (
        <RatingDialog
          rating={edited === "new" ? null : edited}
          position={Math.max(0, ...ratings.map(({ position }) => position)) + 1}
          onSaved={keep}
          onClose={() => setEdited(null)}
        />
      )}
    </section>
  );
}

function Rating({ rating }: { rating: RatingView }) {
  const t = useTranslations("people.settings.scale");
  const value = rating.claimReviewValue;
  return (
    <div className="min-w-0 grow basis-64">
      <VerdictBadge rating={rating} />
      <p className="mt-1">{rating.definition}</p>
      <p className="text-sm text-ink-2">{value === null ? t("noValue") : t("value", { value })}</p>
    </div>
  );
}
