"use client";

import { Monitor, Moon, Sun } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { MenuChoice } from "@/components/ui/menu";
import { type Theme, themeCookie, themeOf } from "./theme";

const icons = { system: Monitor, light: Sun, dark: Moon };
const yearInSeconds = 365 * 24 * 60 * 60;

export function ThemeChoice() {
  const t = useTranslations("frame.theme");
  const [theme, setTheme] = useState<Theme>(() => themeOf(document.documentElement.dataset.theme));
  const options = (["system", "light", "dark"] as const).map((value) => {
    const Icon = icons[value];
    return { value, label: t(value), icon: <Icon aria-hidden /> };
  });
  return (
    <MenuChoice
      label={t("label")}
      value={theme}
      options={options}
      onValueChange={(next) => {
        setTheme(next);
        applyTheme(next);
      }}
    />
  );
}

function applyTheme(theme: Theme): void {
  const root = document.documentElement;
  if (theme === "system") delete root.dataset.theme;
  else root.dataset.theme = theme;
  const age = theme === "system" ? 0 : yearInSeconds;
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in every browser that we support.
  document.cookie = `${themeCookie}=${theme}; Path=/; Max-Age=${age}; SameSite=Lax`;
}
