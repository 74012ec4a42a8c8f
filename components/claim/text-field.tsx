"use client";
import { useId, useRef, useState } from "react";
import { cx } from "@/components/ui/class-names";
import { controlClass } from "@/components/ui/field";
import { asKept, type Edit, type EditableRecord, editKey } from "@/lib/client/outbox-queue";
import { useClaimActions } from "./claim-actions";
import { useClaimRecord, useHeld } from "./claim-record";
import { FieldTrouble } from "./field-trouble";
import { GrowingText } from "./growing-text";

type Props = {
  record: EditableRecord;
  recordId: string;
  field: Exclude<Edit["field"], "rationale" | "ratingId" | "confidence" | "stance">;
  value: string;
  /** `line` is one line, `text` grows, `date` is a calendar date. */
  kind?: "line" | "text" | "date";
  id?: string;
  /** The element that names it; without one, `label` does. */
  labelledBy?: string;
  label?: string;
  placeholder?: string;
  className?: string;
};

/** A field that saves itself: kept at every keystroke, sent after a pause and on leaving it, with its way back. */
export function TextField({
  record,
  recordId,
  field,
  value,
  kind = "text",
  className,
  labelledBy,
  label,
  ...props
}: Props) {
  const { claimId, outbox, seen, mode } = useClaimRecord();
  const { noteEdit } = useClaimActions(claimId);
  const held = useHeld(record, recordId, field);
  const troubleId = useId();
  const before = useRef(value);
  // The letters as they are typed, a blank at the end of a line among them, until the field is left or another text comes in.
  const [typed, setTyped] = useState<string | null>(null);
  const isAsTyped = typed !== null && (asKept({ record, field, value: typed }) ?? "") === value;
  const onValueChange = (next: string) => {
    setTyped(next);
    outbox.type(seen, { record, recordId, field, value: next });
  };
  const shared = {
    ...props,
    value: isAsTyped ? typed : value,
    readOnly: mode === "kept",
    "data-field": editKey(record, recordId, field),
    ...(labelledBy ? { "aria-labelledby": labelledBy } : { "aria-label": label }),
    "aria-invalid": held !== null,
    ...(held && { "aria-describedby": troubleId }),
    onFocus: () => {
      before.current = value;
    },
    onBlur: () => {
      setTyped(null);
      noteEdit(record, recordId, field, before.current || emptyOf(field), value || emptyOf(field), false);
      void outbox.flush(claimId);
    },
  };
  return (
    <div className="min-w-0">
      {kind === "text" ? (
        <GrowingText {...shared} onValueChange={onValueChange} className={cx(held && "border-urgent", className)} />
      ) : (
        <input
          {...shared}
          type={kind === "date" ? "date" : "text"}
          onChange={(event) => onValueChange(event.target.value)}
          autoComplete="off"
          className={cx(controlClass, "h-8", held && "border-urgent", className)}
        />
      )}
      {held && (
        <FieldTrouble id={troubleId} record={record} recordId={recordId} field={field} mine={value} held={held} />
      )}
    </div>
  );
}

/** What an empty field is for the server: nothing for what may be absent, an empty text for the rest. */
const emptyOf = (field: Edit["field"]) => (field === "claimant" || field === "dueOn" ? null : "");
