/** The theme that a person chose. Kept in a cookie so that the server already renders it: no flash of the other one. */
export const themes = ["system", "light", "dark"] as const;
export type Theme = (typeof themes)[number];

export const themeCookie = "claimdesk-theme";

export const themeOf = (value: string | undefined): Theme => themes.find((theme) => theme === value) ?? "system";
