/**
 * Whose a rating or a rationale is: whoever wrote it last, so that four eyes can ask. Words that are put back as they stood
 * before belong to whoever wrote them then; an undo makes nobody their author. It knows neither the claim nor the database.
 */
import { z } from "zod";
import { id } from "./text";

/** A part as it stands, by its id or digest (null: nothing stands there), and who wrote it. */
const written = z.object({ is: z.string().nullable(), byId: id.nullable() });
type Written = z.infer<typeof written>;

/** What others had written before whoever wrote what stands there now. */
export const formerAssessment = z.object({ rating: written, rationale: written }).partial();
export type FormerAssessment = z.infer<typeof formerAssessment>;

/** Who has written the part, and what is its former, once `byId` has made it `is`. */
export function rewritten(
  now: Written,
  former: Written | undefined,
  { is, byId }: { is: string | null; byId: string },
): { byId: string | null; former: Written | undefined } {
  // What one person makes of it in several goes is one work, and what they take back themselves is nobody's.
  const own = now.byId === byId;
  if (former && former.is === is) return { byId: former.byId, former: own ? undefined : now };
  return { byId, former: own ? former : now };
}
