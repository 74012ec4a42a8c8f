"use client";
import { useTranslations } from "next-intl";
import { useId, useRef } from "react";
import { editKey } from "@/lib/client/outbox-queue";
import type { RichText } from "@/lib/domain/rich-text";
import { partId, useClaimActions } from "./claim-actions";
import { useClaimRecord, useHeld } from "./claim-record";
import { FieldTrouble } from "./field-trouble";
import { RichTextInput } from "./rich-text-input";

/** Why the verdict is what it is. Saves itself as every field does. */
export function RationaleField() {
  const t = useTranslations("claim");
  const { claimId, outbox, seen, shown, mode } = useClaimRecord();
  const { noteEdit } = useClaimActions(claimId);
  const held = useHeld("claim", claimId, "rationale");
  const troubleId = useId();
  const before = useRef<RichText | null>(null);
  return (
    <>
      <RichTextInput
        name={editKey("claim", claimId, "rationale")}
        labelledBy={`${partId(claimId, "rationale")}-label`}
        {...(held && { describedBy: troubleId })}
        value={shown.rationale}
        isInvalid={held !== null}
        isReadOnly={mode === "kept"}
        placeholder={t("rationale.placeholder")}
        onValueChange={(value) => outbox.type(seen, { record: "claim", recordId: claimId, field: "rationale", value })}
        onFocus={() => {
          before.current = shown.rationale;
        }}
        onBlur={() => {
          noteEdit("claim", claimId, "rationale", before.current, shown.rationale, false);
          void outbox.flush(claimId);
        }}
      />
      {held && (
        <FieldTrouble
          id={troubleId}
          record="claim"
          recordId={claimId}
          field="rationale"
          mine={shown.rationale}
          held={held}
        />
      )}
    </>
  );
}
