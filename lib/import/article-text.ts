/** What is asked of a canonical text wherever one comes in: that it is not too long, and whether it is the same as another. */
import { createHash } from "node:crypto";
import { AppError } from "../domain/errors";
import { limits } from "../domain/limits";

/** SHA-256 (hex) of a canonical text in UTF-8: two revisions with the same digest have the same text. */
export const textDigest = (text: string): string => createHash("sha256").update(text, "utf8").digest("hex");

/** @throws AppError `too_large` for more UTF-16 code units than an article may have. */
export function refuseLongText(characters: number): void {
  if (characters <= limits.articleCharacters) return;
  const [has, may] = [characters, limits.articleCharacters].map((count) => count.toLocaleString("en"));
  throw new AppError(
    "too_large",
    `This text has ${has} characters; an article may have ${may}. Bring it in as several.`,
  );
}
