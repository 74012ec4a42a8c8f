"use client";
/** Other words that the desk asks for at one place of the claim: written here, decided on by an editor, tested against the next text. */
import { Check, PencilLine, Undo2, X } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useId, useRef, useState } from "react";
import { WordingChange } from "@/components/revision/changed-words";
import { afterPress } from "@/components/ui/after-press";
import { Button } from "@/components/ui/button";
import { cx } from "@/components/ui/class-names";
import { LocalTime } from "@/components/ui/date";
import { Kbd } from "@/components/ui/kbd";
import { NativeSelect } from "@/components/ui/select";
import { useWorkspaceServices } from "@/components/workspace/workspace-context";
import { editKey } from "@/lib/client/outbox-queue";
import { isPlaced } from "@/lib/domain/revision";
import { isDone } from "@/lib/domain/wording";
import { partId, startWordingId, useClaimActions } from "./claim-actions";
import { useClaimRecord, useHeld } from "./claim-record";
import { FieldTrouble } from "./field-trouble";
import { GrowingText } from "./growing-text";
import { PanelPart } from "./panel-part";
import { TextField } from "./text-field";

export function WordingPart() {
  const t = useTranslations("wording");
  const { claimId, shown, queue, mode } = useClaimRecord();
  const [isStarted, setStarted] = useState(false);
  const part = useRef<HTMLDivElement>(null);
  const isWritten = mode !== "read";
  const { suggestion } = shown;
  const waits = queue.entries.some((entry) => entry.kind === "edit" && entry.field.startsWith("wording"));
  const isOpen = shown.wording !== null || waits || (isStarted && isWritten);
  const canStart = isWritten && shown.anchors.some(({ state }) => isPlaced(state));
  const wasTested = suggestion && suggestion.outcomes.length > 0;
  if (!isOpen && !canStart && !wasTested) return null;
  return (
    <PanelPart id={partId(claimId, "wording")} label={t("label")} aside={isOpen && <ListLink />}>
      {/** biome-ignore lint/a11y/noStaticElementInteractions: only notices that what was begun was left as it was. */}
      <div
        ref={part}
        className="grid gap-2"
        onBlur={({ relatedTarget }) => {
          if (!part.current?.contains(relatedTarget)) afterPress(() => setStarted(false));
        }}
      >
        {isOpen && (isWritten ? <WordingField isStarted={isStarted} /> : <WordingReading />)}
        {shown.wording !== null && <Standing />}
        {wasTested && <Outcomes />}
        {!isOpen && canStart && (
          <div>
            <Button id={startWordingId(claimId)} size="sm" onClick={() => setStarted(true)}>
              <PencilLine aria-hidden />
              {t("start")}
              <span aria-hidden className="pointer-coarse:hidden">
                <Kbd>i</Kbd>
              </span>
            </Button>
          </div>
        )}
      </div>
    </PanelPart>
  );
}

function ListLink() {
  const t = useTranslations("wording");
  const { article } = useWorkspaceServices();
  return (
    <Link href={`/articles/${article.id}/changes`} className="link inline-flex min-h-6 items-center">
      {t("toList")}
    </Link>
  );
}

/** The place that is meant: the one that was chosen, here where nothing is suggested for it yet, or the first. */
function usePlace(chosen: string | null = null) {
  const { shown } = useClaimRecord();
  const placed = shown.anchors.filter(({ state }) => isPlaced(state));
  const meant = shown.wordingAnchorId ?? chosen;
  return { placed, place: placed.find(({ id }) => id === meant) ?? placed[0] ?? null };
}

function WordingField({ isStarted }: { isStarted: boolean }) {
  const t = useTranslations("wording");
  const { claimId, outbox, seen, shown, mode } = useClaimRecord();
  const { noteEdit, choose } = useClaimActions(claimId);
  const [chosen, setChosen] = useState<string | null>(null);
  const { placed, place } = usePlace(chosen);
  const held = useHeld("claim", claimId, "wording");
  const before = useRef(shown.wording);
  const ids = { trouble: useId(), hint: useId() };
  const words = place?.exact ?? "";
  const of = { record: "claim", recordId: claimId } as const;
  const type = (next: string) => {
    outbox.type(seen, { ...of, field: "wording", value: next === words ? null : next });
    if (place && chosen === place.id && !shown.wordingAnchorId && next !== words)
      outbox.type(seen, { ...of, field: "wordingAnchorId", value: chosen });
  };
  const choosePlace = (id: string) => {
    if (shown.wording === null) setChosen(id);
    else choose(seen, "claim", claimId, "wordingAnchorId", shown.wordingAnchorId, id);
  };
  return (
    <>
      {placed.length > 1 && place && (
        <NativeSelect
          aria-label={t("place")}
          value={place.id}
          disabled={mode === "kept"}
          onChange={({ target }) => choosePlace(target.value)}
        >
          {placed.map(({ id, exact }, index) => (
            <option key={id} value={id}>
              {index + 1}: {exact.slice(0, 80)}
            </option>
          ))}
        </NativeSelect>
      )}
      <GrowingText
        id={startWordingId(claimId)}
        aria-label={t("field")}
        aria-describedby={held ? ids.trouble : ids.hint}
        aria-invalid={held !== null}
        data-field={editKey("claim", claimId, "wording")}
        value={shown.wording ?? words}
        readOnly={mode === "kept"}
        autoFocus={isStarted}
        onValueChange={type}
        onFocus={({ target }) => {
          before.current = shown.wording;
          if (isStarted && shown.wording === null) target.setSelectionRange(target.value.length, target.value.length);
        }}
        onBlur={() => {
          noteEdit("claim", claimId, "wording", before.current, shown.wording, false);
          void outbox.flush(claimId);
        }}
        className={cx("font-serif text-[0.9375rem]/[1.45]", held && "border-urgent")}
      />
      {shown.wording === null && (
        <p id={ids.hint} className="text-sm text-ink-2">
          {place ? t("hint") : t("noPlace")}
        </p>
      )}
      {held && <FieldTrouble id={ids.trouble} {...of} field="wording" mine={shown.wording} held={held} />}
      {shown.wording !== null && (
        <>
          {place && <WordingChange words={words} wording={shown.wording} />}
          <TextField
            {...of}
            field="wordingNote"
            value={shown.wordingNote}
            label={t("note")}
            placeholder={t("notePlaceholder")}
          />
        </>
      )}
    </>
  );
}

function WordingReading() {
  const t = useTranslations("wording");
  const { shown } = useClaimRecord();
  const { place } = usePlace();
  if (shown.wording === null) return null;
  return (
    <>
      {place ? (
        <WordingChange words={place.exact} wording={shown.wording} />
      ) : (
        <p className="font-serif text-[0.9375rem]/[1.45] wrap-anywhere whitespace-pre-line">{shown.wording}</p>
      )}
      {shown.wordingNote && (
        <p className="text-sm wrap-anywhere whitespace-pre-line">
          <span className="font-semibold text-ink-2">{t("note")}:</span> {shown.wordingNote}
        </p>
      )}
    </>
  );
}

/** Who proposed it and who decided, and what may be done with it now. */
function Standing() {
  const t = useTranslations("wording");
  const { claimId, outbox, seen, shown, queue, mode } = useClaimRecord();
  const { decideWording, noteEdit } = useClaimActions(claimId);
  const { suggestion } = shown;
  // Other words than were decided on are undecided, from the first letter on.
  const isUnsaved = queue.entries.some(
    (entry) => entry.kind === "edit" && (entry.field === "wording" || entry.field === "wordingAnchorId"),
  );
  const isNew = !suggestion || isDone(suggestion);
  const state = isUnsaved || isNew ? "proposed" : suggestion.state;
  const by = state === "proposed" ? suggestion?.proposedBy : suggestion?.decidedBy;
  const at = state === "proposed" ? suggestion?.proposedAt : suggestion?.decidedAt;
  const withdraw = () => {
    outbox.type(seen, { record: "claim", recordId: claimId, field: "wording", value: null });
    void outbox.flush(claimId);
    noteEdit("claim", claimId, "wording", shown.wording, null, true);
  };
  const may = shown.abilities.decideWording;
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5">
      <p role="status" className="flex items-center gap-1.5 text-sm text-ink-2">
        {state === "accepted" && <Check aria-hidden className="size-3.5 text-verified" />}
        {state === "declined" && <X aria-hidden className="size-3.5" />}
        {isUnsaved || isNew ? t("unsaved") : t(`states.${state}`, { who: by?.name ?? "" })}
        {!isUnsaved && !isNew && at && <LocalTime at={at} className="text-ink-3" />}
      </p>
      <div className="flex flex-wrap gap-1.5">
        {may && state !== "accepted" && (
          <Button size="sm" onClick={() => decideWording(seen, "accepted")}>
            <Check aria-hidden />
            {t("accept")}
          </Button>
        )}
        {may && state === "proposed" && (
          <Button size="sm" onClick={() => decideWording(seen, "declined")}>
            <X aria-hidden />
            {t("decline")}
          </Button>
        )}
        {may && state !== "proposed" && (
          <Button size="sm" variant="quiet" onClick={() => decideWording(seen, "proposed")}>
            <Undo2 aria-hidden />
            {t("reopen")}
          </Button>
        )}
        {mode === "write" && (
          <Button size="sm" variant="quiet" onClick={withdraw}>
            {t("withdraw")}
          </Button>
        )}
      </div>
    </div>
  );
}

/** What later texts made of it, the newest first. */
function Outcomes() {
  const t = useTranslations("wording");
  const { shown } = useClaimRecord();
  const { outcomes } = shown.suggestion ?? { outcomes: [] };
  return (
    <ul className="grid gap-1 text-sm text-ink-2">
      {outcomes.map(({ number, outcome, before, after }) => (
        <li key={number}>
          <p className="flex items-center gap-1.5">
            {outcome === "applied" && <Check aria-hidden className="size-3.5 text-verified" />}
            {t(`outcomes.${outcome}`, { number })}
          </p>
          {outcome === "applied" && <WordingChange words={before} wording={after ?? ""} />}
        </li>
      ))}
    </ul>
  );
}
