/** A publication as a table, one line a claim (RFC 4180, UTF-8 with a byte order mark, as spreadsheets expect). */
import type { PublicClaim, Snapshot } from "../domain/publication";
import { plainText } from "../domain/rich-text";

const columns = [
  "number",
  "statement",
  "claimant",
  "verdict",
  "rating_value",
  "confidence",
  "rationale",
  "quotes",
  "evidence",
  "checked_by",
  "approved_by",
  "approved_at",
] as const;

export function claimsCsv({ claims, ratings }: Snapshot): string {
  const lines = claims.map((claim) => {
    const rating = ratings[claim.rating];
    const fields: Record<(typeof columns)[number], string | number | null> = {
      number: claim.number,
      statement: claim.statement,
      claimant: claim.claimant,
      verdict: rating?.label ?? null,
      rating_value: rating?.claimReviewValue ?? null,
      confidence: claim.confidence,
      rationale: claim.rationale && plainText(claim.rationale),
      quotes: claim.anchors.map(({ exact }) => exact).join("\n"),
      evidence: claim.evidence.map(evidenceLine).join("\n"),
      checked_by: claim.checkedBy,
      approved_by: claim.approvedBy,
      approved_at: claim.approvedAt,
    };
    return columns.map((column) => cell(fields[column]));
  });
  return `\uFEFF${[columns, ...lines].map((line) => line.join(",")).join("\r\n")}\r\n`;
}

function evidenceLine({ stance, source, locator, excerpt, shows }: PublicClaim["evidence"][number]): string {
  const work = [source.title, source.author, source.publisher, source.publishedOn, source.url, locator];
  return [stance, work.filter(Boolean).join(", "), excerpt && `“${excerpt}”`, shows].filter(Boolean).join(" | ");
}

/** Text that a spreadsheet would run as a formula is made plain with an apostrophe (OWASP, CSV injection). */
function cell(value: string | number | null): string {
  if (typeof value === "number") return String(value);
  const text = value ?? "";
  const plain = /^[\s]*[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}
