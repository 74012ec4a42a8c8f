"use client";
import { useTranslations } from "next-intl";
import { useCallback, useState } from "react";
import type { SourceView } from "@/lib/domain/source";
import { useClaimActions } from "./claim-actions";
import { useClaimRecord } from "./claim-record";
import { EvidenceAdd } from "./evidence-add";
import { EvidenceRow } from "./evidence-row";

/** The evidence of the claim in its order, and the one field that takes more. */
export function EvidenceList({ isEditable }: { isEditable: boolean }) {
  const t = useTranslations("claim.evidence");
  const { claimId, outbox, shown } = useClaimRecord();
  const { orderEvidence } = useClaimActions(claimId);
  const [openId, setOpenId] = useState<string | null>(null);
  const [freshId, setFreshId] = useState<string | null>(null);
  const ids = shown.evidence.map(({ id }) => id);

  const add = useCallback(
    (source: SourceView, isNew: boolean) => {
      const id = outbox.addEvidence(claimId, source, isNew);
      setOpenId(id);
      setFreshId(id);
    },
    [outbox, claimId],
  );
  const shift = (id: string, by: -1 | 1) => {
    const from = ids.indexOf(id);
    const to = from + by;
    if (to < 0 || to >= ids.length) return;
    orderEvidence(ids, ids.toSpliced(from, 1).toSpliced(to, 0, id));
  };

  return (
    <>
      {shown.evidence.length === 0 && !isEditable && <p className="text-sm text-ink-2">{t("none")}</p>}
      <ol className="space-y-2">
        {shown.evidence.map((evidence, index) => (
          <EvidenceRow
            key={evidence.id}
            evidence={evidence}
            isEditable={isEditable}
            isOpen={openId === evidence.id}
            isFresh={freshId === evidence.id}
            place={{ index, count: ids.length }}
            onToggle={() => setOpenId((open) => (open === evidence.id ? null : evidence.id))}
            onShift={shift}
          />
        ))}
      </ol>
      {isEditable && <EvidenceAdd onAdd={add} />}
    </>
  );
}
