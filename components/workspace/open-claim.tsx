"use client";
import { ClaimPanel } from "@/components/claim/claim-panel";
import { usePanelFocus, useWorkspaceServices } from "./workspace-context";

/** The open claim, whole, wherever it stands. */
export function OpenClaim({ id }: { id: string }) {
  const { closeClaim } = useWorkspaceServices();
  return <ClaimPanel claimId={id} focus={usePanelFocus()} onClose={closeClaim} />;
}

/** The same in the place of its card. */
export function OpenCard({ id }: { id: string }) {
  return (
    <div className="rounded-lg border border-focus bg-sheet p-3.5 shadow-[0_6px_22px_rgb(0_0_0/0.09)]">
      <OpenClaim id={id} />
    </div>
  );
}
