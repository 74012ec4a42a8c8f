"use client";

import { Dialog as Base } from "@base-ui/react/dialog";
import { X } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ComponentProps, ReactElement, ReactNode } from "react";
import { iconButtonClass } from "./button-look";
import { cx } from "./class-names";
import { layer, popupClass } from "./layer";
import { useReturnFocus } from "./return-focus";

type Props = {
  title: ReactNode;
  description?: ReactNode;
  /** The button that opens it, unless it is opened from outside with `open`. */
  trigger?: ReactElement<Record<string, unknown>>;
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
  size?: "sm" | "md" | "lg";
  /** On a phone the dialog is a sheet from below. */
  children: ReactNode;
  initialFocus?: ComponentProps<typeof Base.Popup>["initialFocus"];
};

const widths = { sm: "sm:max-w-md", md: "sm:max-w-xl", lg: "sm:max-w-3xl" };

export function Dialog({
  title,
  description,
  trigger,
  open,
  onOpenChange,
  size = "sm",
  children,
  initialFocus,
}: Props) {
  const t = useTranslations("frame");
  const finalFocus = useReturnFocus(open);
  return (
    <Base.Root {...(open !== undefined && { open })} {...(onOpenChange && { onOpenChange })}>
      {trigger && <Base.Trigger render={trigger} />}
      <Base.Portal>
        <Base.Backdrop className="fixed inset-0 z-40 bg-shade transition-opacity duration-150 data-ending-style:opacity-0 data-starting-style:opacity-0" />
        <Base.Viewport
          className={cx(layer, "fixed inset-0 grid items-end justify-items-center sm:items-center sm:p-6")}
        >
          <Base.Popup
            {...(initialFocus !== undefined && { initialFocus })}
            {...(finalFocus && { finalFocus })}
            className={cx(
              popupClass,
              "flex max-h-[92dvh] w-full flex-col overflow-hidden max-sm:rounded-b-none max-sm:border-x-0 max-sm:border-b-0 sm:max-h-[min(86dvh,56rem)]",
              widths[size],
            )}
          >
            <header className="flex items-start gap-3 border-b px-5 pt-4 pb-3">
              <div className="min-w-0 grow">
                <Base.Title className="text-lg font-semibold">{title}</Base.Title>
                {description && <Base.Description className="text-ink-2">{description}</Base.Description>}
              </div>
              <Base.Close aria-label={t("close")} className={iconButtonClass("sm", "-mr-1.5")}>
                <X aria-hidden />
              </Base.Close>
            </header>
            <div className="overflow-y-auto px-5 py-4">{children}</div>
          </Base.Popup>
        </Base.Viewport>
      </Base.Portal>
    </Base.Root>
  );
}

/** The row of buttons at the foot of a dialog; the one that does it stands last. */
export function DialogActions({ children }: { children: ReactNode }) {
  return <div className="mt-5 flex flex-wrap justify-end gap-2">{children}</div>;
}
