"use client";

import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog, DialogActions } from "@/components/ui/dialog";

type Props = {
  title: string;
  /** What happens, before it does. */
  children: ReactNode;
  action: string;
  onConfirm: () => Promise<void>;
  onClose: () => void;
};

/** Asks before something that reaches other people. */
export function ConfirmDialog({ title, children, action, onConfirm, onClose }: Props) {
  const words = useTranslations("frame");
  const [busy, setBusy] = useState(false);

  async function confirm() {
    setBusy(true);
    await onConfirm();
    onClose();
  }

  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title={title}>
      <p>{children}</p>
      <DialogActions>
        <Button onClick={onClose}>{words("cancel")}</Button>
        <Button variant="primary" onClick={confirm} disabled={busy} focusableWhenDisabled>
          {action}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
