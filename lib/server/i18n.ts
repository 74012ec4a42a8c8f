/** The words of the interface, one file for each area of it. English today; a second language is a second folder. */
import "server-only";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { getRequestConfig } from "next-intl/server";

export default getRequestConfig(async () => ({ locale: "en", timeZone: "UTC", messages: messages() }));

let kept: Record<string, Record<string, unknown>> | undefined;

function messages() {
  if (kept && process.env.NODE_ENV === "production") return kept;
  const folder = join(process.cwd(), "messages", "en");
  kept = Object.fromEntries(
    readdirSync(folder)
      .filter((file) => file.endsWith(".json"))
      .map((file) => [file.replace(/\.json$/, ""), JSON.parse(readFileSync(join(folder, file), "utf8"))]),
  );
  return kept;
}
