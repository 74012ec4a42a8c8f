"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { v7 as newId } from "uuid";
import { Button } from "@/components/ui/button";
import { cx } from "@/components/ui/class-names";
import { Dialog, DialogActions } from "@/components/ui/dialog";
import { ErrorNote } from "@/components/ui/error-note";
import { Field, Input, Textarea } from "@/components/ui/field";
import { NativeSelect } from "@/components/ui/select";
import { VerdictBadge, verdictTint } from "@/components/ui/verdict-badge";
import { call } from "@/lib/client/call";
import { endpoints } from "@/lib/domain/endpoints";
import { limits } from "@/lib/domain/limits";
import { type RatingView, ratingColors, ratingView } from "@/lib/domain/verdict";
import { useSubmission } from "./use-submission";

type Props = {
  /** Null makes a new one. */
  rating: RatingView | null;
  /** Where a new one stands. */
  position: number;
  onSaved: (rating: RatingView) => void;
  onClose: () => void;
};

const values = [5, 4, 3, 2, 1] as const;

export function RatingDialog({ rating, position, onSaved, onClose }: Props) {
  const t = useTranslations("people.settings.rating");
  const words = useTranslations("frame");
  const { button, message, fields, error, submit } = useSubmission();
  const [id] = useState(() => rating?.id ?? newId());
  const [label, setLabel] = useState(rating?.label ?? "");
  const [symbol, setSymbol] = useState(rating?.symbol ?? "");
  const [definition, setDefinition] = useState(rating?.definition ?? "");
  const [color, setColor] = useState<RatingView["color"]>(rating?.color ?? "unverifiable");
  const [claimReviewValue, setValue] = useState(rating?.claimReviewValue ?? null);
  const conflict = ratingView.safeParse(error?.details.current);

  async function save(event: FormEvent) {
    event.preventDefault();
    const fields = { label, symbol, definition, color, claimReviewValue };
    const saved = rating
      ? await submit(endpoints.updateRating.body, fields, async (body) => {
          // After a conflict the next save is made on what was shown.
          const { version } = conflict.success ? conflict.data : rating;
          onSaved(await call(endpoints.updateRating, { params: { ratingId: id }, version, body }));
        })
      : await submit(endpoints.createRating.body, { id, position, ...fields }, async (body) =>
          onSaved(await call(endpoints.createRating, { body })),
        );
    if (saved) onClose();
  }

  function close() {
    if (conflict.success) onSaved(conflict.data);
    onClose();
  }

  return (
    <Dialog
      open
      onOpenChange={(open) => !open && close()}
      size="md"
      title={rating ? t("editTitle", { label: rating.label }) : t("newTitle")}
      {...(rating && { description: t("editHint") })}
    >
      <form onSubmit={save} noValidate className="grid gap-4">
        {message && (
          <ErrorNote title={message}>
            {conflict.success && (
              <>
                <VerdictBadge rating={conflict.data} /> {conflict.data.definition}
              </>
            )}
          </ErrorNote>
        )}
        <p className="flex min-h-10 items-center gap-3 rounded-md bg-wash px-3 py-2">
          <span className="text-sm text-ink-2">{t("preview")}</span>
          <VerdictBadge rating={{ label: label || t("label"), symbol: symbol || "·", color, definition }} />
        </p>
        <div className="grid gap-4 sm:grid-cols-[1fr_7rem]">
          <Field label={t("label")} error={fields.label}>
            <Input value={label} onChange={(event) => setLabel(event.target.value)} maxLength={40} />
          </Field>
          <Field label={t("symbol")} error={fields.symbol}>
            <Input value={symbol} onChange={(event) => setSymbol(event.target.value)} maxLength={4} />
          </Field>
        </div>
        <Field label={t("definition")} hint={t("definitionHint")} error={fields.definition}>
          <Textarea
            value={definition}
            onChange={(event) => setDefinition(event.target.value)}
            maxLength={limits.line}
            rows={2}
          />
        </Field>
        <fieldset>
          <legend className="mb-1 text-sm font-medium text-ink-2">{t("color")}</legend>
          <div className="flex flex-wrap gap-1.5">
            {ratingColors.map((one) => (
              <label
                key={one}
                className={cx(
                  "flex cursor-pointer items-center gap-2 rounded-md border border-transparent px-2.5 py-1.5 font-semibold has-checked:border-current has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-focus",
                  verdictTint[one],
                )}
              >
                <input
                  type="radio"
                  name="color"
                  value={one}
                  checked={color === one}
                  onChange={() => setColor(one)}
                  className="accent-current"
                />
                {t(`colors.${one}`)}
              </label>
            ))}
          </div>
        </fieldset>
        <Field label={t("value")} hint={t("valueHint")} error={fields.claimReviewValue}>
          <NativeSelect
            aria-label={t("value")}
            value={claimReviewValue ?? ""}
            onChange={(event) => setValue(event.target.value === "" ? null : Number(event.target.value))}
          >
            <option value="">{t("noValue")}</option>
            {values.map((value) => (
              <option key={value} value={value}>
                {t("valueOf", { value })}
              </option>
            ))}
          </NativeSelect>
        </Field>
        <DialogActions>
          <Button onClick={close}>{words("cancel")}</Button>
          <Button type="submit" variant="primary" {...button}>
            {words("save")}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
