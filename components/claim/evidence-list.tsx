"use client";
import { useTranslations } from "next-intl";
import { useCallback, useRef, useState } from "react";
import type { EvidenceView } from "@/lib/domain/evidence";
import type { SourceView } from "@/lib/domain/source";
import { focusPart, useClaimActions } from "./claim-actions";
import { useClaimRecord } from "./claim-record";
import { EvidenceAdd } from "./evidence-add";
import { EvidenceRow } from "./evidence-row";

/**
 * The evidence of the claim in its order, and the one field that takes more. Whoever may write in the claim may change all of it;
 * others add to it, and change what they have added.
 */
export function EvidenceList({ isWritten }: { isWritten: boolean }) {
  const t = useTranslations("claim.evidence");
  const { claimId, shown, seen, status } = useClaimRecord();
  const { addEvidence, removeEvidence, orderEvidence } = useClaimActions(claimId);
  const [openId, setOpenId] = useState<string | null>(null);
  const [freshId, setFreshId] = useState<string | null>(null);
  const ids = shown.evidence.map(({ id }) => id);
  const isOpen = seen.trashedAt === null && status !== "gone";
  const canAdd = isWritten || (isOpen && shown.abilities.addEvidence);
  const canChange = (id: string) => isWritten || (isOpen && shown.abilities.editEvidence.includes(id));

  const add = useCallback(
    (source: SourceView, isNew: boolean) => {
      const id = addEvidence(source, isNew);
      setOpenId(id);
      setFreshId(id);
    },
    [addEvidence],
  );
  const list = useRef<HTMLOListElement>(null);
  /** The focus goes to the neighbour, or to the field for more. */
  const remove = (evidence: EvidenceView) => {
    const at = ids.indexOf(evidence.id);
    const neighbour = list.current?.children[at === ids.length - 1 ? at - 1 : at + 1];
    const open = neighbour?.querySelector<HTMLElement>("[aria-expanded]");
    if (open) open.focus();
    else focusPart(claimId, "evidence");
    removeEvidence(evidence);
  };
  const shift = (id: string, by: -1 | 1) => {
    const from = ids.indexOf(id);
    const to = from + by;
    if (to < 0 || to >= ids.length) return;
    orderEvidence(ids, ids.toSpliced(from, 1).toSpliced(to, 0, id));
  };

  return (
    <>
      {shown.evidence.length === 0 && !canAdd && <p className="text-sm text-ink-2">{t("none")}</p>}
      <ol ref={list} className="space-y-2">
        {shown.evidence.map((evidence, index) => (
          <EvidenceRow
            key={evidence.id}
            evidence={evidence}
            isEditable={canChange(evidence.id)}
            isMovable={isWritten}
            isOpen={openId === evidence.id}
            isFresh={freshId === evidence.id}
            place={{ index, count: ids.length }}
            onToggle={() => setOpenId((open) => (open === evidence.id ? null : evidence.id))}
            onShift={shift}
            onRemove={remove}
          />
        ))}
      </ol>
      {canAdd && <EvidenceAdd onAdd={add} />}
    </>
  );
}
