"use client";

import { Menu as Base } from "@base-ui/react/menu";
import { Check } from "lucide-react";
import Link from "next/link";
import type { ComponentProps, ReactElement, ReactNode } from "react";
import { cx } from "./class-names";
import { itemClass, layer, popupClass } from "./layer";

type MenuProps = {
  /** The button that opens it: one element that takes a ref. */
  trigger: ReactElement<Record<string, unknown>>;
  align?: "start" | "center" | "end";
  side?: "top" | "bottom" | "left" | "right";
  children: ReactNode;
};

export function Menu({ trigger, align = "end", side = "bottom", children }: MenuProps) {
  return (
    <Base.Root>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner side={side} align={align} sideOffset={6} collisionPadding={8} className={layer}>
          <Base.Popup className={cx(popupClass, "max-h-(--available-height) min-w-48 overflow-y-auto p-1")}>
            {children}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

type ItemProps = Omit<ComponentProps<typeof Base.Item>, "className"> & { danger?: boolean; className?: string };

export function MenuItem({ danger = false, className, ...props }: ItemProps) {
  return <Base.Item {...props} className={cx(itemClass, danger && "text-urgent", className)} />;
}

export function MenuLink({ href, children }: { href: string; children: ReactNode }) {
  return (
    <Base.LinkItem render={<Link href={href} />} closeOnClick className={itemClass}>
      {children}
    </Base.LinkItem>
  );
}

export function MenuSeparator() {
  return <Base.Separator className="my-1 h-px bg-line" />;
}

export function MenuGroup({ label, children }: { label: string; children: ReactNode }) {
  return (
    <Base.Group>
      <Base.GroupLabel className="px-2.5 pt-1.5 pb-1 text-xs font-semibold text-ink-3">{label}</Base.GroupLabel>
      {children}
    </Base.Group>
  );
}

type ChoiceProps<Value extends string> = {
  label: string;
  value: Value;
  onValueChange: (value: Value) => void;
  options: readonly { value: Value; label: string; icon?: ReactNode }[];
};

/** One choice of several, inside a menu. */
export function MenuChoice<Value extends string>({ label, value, onValueChange, options }: ChoiceProps<Value>) {
  return (
    <MenuGroup label={label}>
      <Base.RadioGroup value={value} onValueChange={onValueChange}>
        {options.map((option) => (
          <Base.RadioItem key={option.value} value={option.value} closeOnClick className={itemClass}>
            {option.icon}
            <span className="grow">{option.label}</span>
            <Base.RadioItemIndicator>
              <Check aria-hidden />
            </Base.RadioItemIndicator>
          </Base.RadioItem>
        ))}
      </Base.RadioGroup>
    </MenuGroup>
  );
}
