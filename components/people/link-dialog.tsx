"use client";

import { Check, Copy } from "lucide-react";
import { useTranslations } from "next-intl";
import { useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog, DialogActions } from "@/components/ui/dialog";
import { Field, Input } from "@/components/ui/field";
import type { InvitationView } from "@/lib/domain/people";

/** A fresh link, shown this once. */
export function LinkDialog({ invitation, onClose }: { invitation: InvitationView; onClose: () => void }) {
  const t = useTranslations("people.people.link");
  const input = useRef<HTMLInputElement>(null);
  const [copied, setCopied] = useState(false);
  const name = invitation.person?.name;

  async function copy() {
    input.current?.select();
    try {
      await navigator.clipboard.writeText(invitation.url ?? "");
      setCopied(true);
    } catch {
      // Without the clipboard, over plain http say, the link stays selected for Ctrl C.
      setCopied(false);
    }
  }

  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      size="md"
      title={name ? t("passwordTitle", { name }) : t("title")}
      description={t("description")}
    >
      <Field label={t("label")} hint={invitation.email ? t("onlyFor", { email: invitation.email }) : undefined}>
        <Input ref={input} readOnly value={invitation.url ?? ""} onFocus={(event) => event.currentTarget.select()} />
      </Field>
      <p role="status" className="mt-2 min-h-5 text-sm text-ink-2">
        {copied && t("copied")}
      </p>
      <DialogActions>
        <Button onClick={onClose}>{t("done")}</Button>
        <Button variant="primary" onClick={copy}>
          {copied ? <Check aria-hidden /> : <Copy aria-hidden />}
          {t("copy")}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
