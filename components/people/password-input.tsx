"use client";

import { Eye, EyeOff } from "lucide-react";
import { useTranslations } from "next-intl";
import { type ComponentProps, useState } from "react";
import { Input } from "@/components/ui/field";
import { IconButton } from "@/components/ui/icon-button";

/** A password, hidden until its owner wants to see it. Inside a `Field`. */
export function PasswordInput(props: Omit<ComponentProps<typeof Input>, "type" | "className">) {
  const t = useTranslations("people.fields");
  const [shown, setShown] = useState(false);
  return (
    <span className="relative block">
      <Input {...props} type={shown ? "text" : "password"} spellCheck={false} autoCapitalize="none" className="pe-11" />
      <IconButton
        label={t(shown ? "hide" : "show")}
        size="sm"
        className="absolute end-1 top-1"
        onClick={() => setShown(!shown)}
      >
        {shown ? <EyeOff aria-hidden /> : <Eye aria-hidden />}
      </IconButton>
    </span>
  );
}
