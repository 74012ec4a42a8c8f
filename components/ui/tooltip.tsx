"use client";

import { Tooltip as Base } from "@base-ui/react/tooltip";
import type { ReactElement, ReactNode } from "react";
import { Kbd } from "./kbd";
import { layer } from "./layer";

type Props = {
  content: ReactNode;
  shortcut?: string;
  side?: "top" | "bottom" | "left" | "right";
  /** One element that takes a ref. It needs its own name: a tooltip is for those who see. */
  children: ReactElement<Record<string, unknown>>;
};

export function Tooltip({ content, shortcut, side = "bottom", children }: Props) {
  return (
    <Base.Root>
      <Base.Trigger render={children} />
      <Base.Portal>
        <Base.Positioner side={side} sideOffset={6} collisionPadding={8} className={layer}>
          <Base.Popup className="flex max-w-xs items-center gap-2 rounded-md bg-ink px-2.5 py-1 text-sm text-paper shadow-pop transition-opacity duration-100 data-ending-style:opacity-0 data-instant:transition-none data-starting-style:opacity-0">
            {content}
            {shortcut && <Kbd>{shortcut}</Kbd>}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
