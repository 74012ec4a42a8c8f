"use client";

import { Tabs as Base } from "@base-ui/react/tabs";
import type { ReactNode } from "react";

type Props<Value extends string> = {
  label: string;
  defaultValue: Value;
  tabs: readonly { value: Value; label: ReactNode; panel: ReactNode }[];
};

/** Panels in one place, one shown at a time. */
export function Tabs<Value extends string>({ label, defaultValue, tabs }: Props<Value>) {
  return (
    <Base.Root defaultValue={defaultValue}>
      <Base.List aria-label={label} className="relative mb-4 flex gap-1 overflow-x-auto border-b">
        {tabs.map((tab) => (
          <Base.Tab
            key={tab.value}
            value={tab.value}
            className="-mb-px h-9 border-b-2 border-transparent px-3 text-ink-2 whitespace-nowrap hover:text-ink focus-visible:-outline-offset-2 data-active:border-accent data-active:font-semibold data-active:text-ink"
          >
            {tab.label}
          </Base.Tab>
        ))}
      </Base.List>
      {tabs.map((tab) => (
        <Base.Panel key={tab.value} value={tab.value}>
          {tab.panel}
        </Base.Panel>
      ))}
    </Base.Root>
  );
}
