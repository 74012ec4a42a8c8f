"use client";

import { Button as Base } from "@base-ui/react/button";
import type { ComponentProps } from "react";
import { type ButtonLook, buttonClass } from "./button-look";

type Props = Omit<ComponentProps<typeof Base>, "className"> & ButtonLook & { className?: string };

/** `focusableWhenDisabled` keeps the focus where it is while something is being sent. */
export function Button({ variant = "default", size = "md", className, ...props }: Props) {
  return <Base {...props} className={buttonClass({ variant, size }, className)} />;
}
