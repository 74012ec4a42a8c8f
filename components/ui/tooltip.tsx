"use client";

import { Tooltip as Base } from "@base-ui/react/tooltip";
import type { ReactElement } from "react";
import { Kbd } from "./kbd";
import { layer } from "./layer";

type Hint = { content: string; shortcut?: string; side: "top" | "bottom" | "left" | "right" };

/** All triggers share one tooltip: a screen may have hundreds of them. */
const hints = Base.createHandle<Hint>();

type Props = Omit<Hint, "side"> & {
  side?: Hint["side"];
  /** One element that takes a ref. It needs its own name: a tooltip is for those who see. */
  children: ReactElement<Record<string, unknown>>;
};

export function Tooltip({ content, shortcut, side = "bottom", children }: Props) {
  return <Base.Trigger handle={hints} payload={{ content, side, ...(shortcut && { shortcut }) }} render={children} />;
}

/** The tooltip itself; stands once in the page. */
export function TooltipLayer() {
  return (
    <Base.Root handle={hints}>
      {({ payload }) => (
        <Base.Portal>
          <Base.Positioner side={payload?.side ?? "bottom"} sideOffset={6} collisionPadding={8} className={layer}>
            <Base.Popup className="flex max-w-xs items-center gap-2 rounded-md bg-ink px-2.5 py-1 text-sm text-paper shadow-pop transition-opacity duration-100 data-ending-style:opacity-0 data-instant:transition-none data-starting-style:opacity-0">
              {payload?.content}
              {payload?.shortcut && <Kbd>{payload.shortcut}</Kbd>}
            </Base.Popup>
          </Base.Positioner>
        </Base.Portal>
      )}
    </Base.Root>
  );
}
