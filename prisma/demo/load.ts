/**
 * Loads the demo newsroom into an empty database: its people, its article, and the check of it, made through the same use
 * cases that the interface calls, so that history and audit record are what they would be. Refuses a newsroom that is not a demo.
 */

import type { TextRange } from "@/lib/domain/anchor";
import type { ClaimTransition, ClaimView } from "@/lib/domain/claim";
import { ledgerSentences } from "@/lib/domain/ledger";
import type { Actor } from "@/lib/domain/people";
import type { RichText } from "@/lib/domain/rich-text";
import { markKinds } from "@/lib/domain/sentence-mark";
import { CanonicalText } from "@/lib/editor/canonical-text";
import { articleSchema, parseDocument } from "@/lib/editor/schema";
import { moveClaim } from "@/lib/server/claim-workflow";
import { createClaim, updateClaim } from "@/lib/server/claims";
import { database } from "@/lib/server/db";
import { createEvidence } from "@/lib/server/evidence";
import { newId } from "@/lib/server/ids";
import { createArticle } from "@/lib/server/intake";
import { markSentences } from "@/lib/server/ledger";
import { ensureNewsroom } from "@/lib/server/newsroom";
import { hashPassword } from "@/lib/server/passwords";
import { createPublication } from "@/lib/server/publications";
import { createShareLink } from "@/lib/server/shares";
import { createSource } from "@/lib/server/sources";
import { decideWording } from "@/lib/server/wording";
import { demoPassword, demoPeople } from "./people";
import { demoArticle, demoClaims, demoDocument, demoMarks, demoSources } from "./story";

const newsroomName = "The Demo Desk";

/** Days from today, as a calendar date. */
const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

type Person = keyof typeof demoPeople;
const actor = (person: Person): Actor => ({ ...demoPeople[person], sessionId: "" });

/** @throws Error when the database already belongs to a newsroom. Returns the address path of the demo's share link. */
export async function loadDemo(): Promise<{ shareUrl: string }> {
  const db = database();
  const newsroom = await db.newsroom.findUnique({ where: { id: 1 }, select: { isDemo: true } });
  if (newsroom || (await db.user.count()) > 0)
    throw new Error("This database already holds a newsroom; the demo is only for an empty one.");

  await ensureNewsroom(db, { name: newsroomName, isDemo: true });
  const passwordHash = await hashPassword(demoPassword);
  await db.user.createMany({ data: Object.values(demoPeople).map((person) => ({ ...person, passwordHash })) });

  const article = await createArticle(actor("editor"), {
    ...demoArticle,
    id: newId(),
    canonicalUrl: null,
    document: demoDocument,
    origin: "paste",
    originName: null,
  });
  await db.article.update({ where: { id: article.id }, data: { dueOn: new Date(`${inDays(2)}T00:00:00Z`) } });

  const sourceIds = new Map<string, string>();
  for (const [key, source] of Object.entries(demoSources)) {
    sourceIds.set(key, (await createSource(actor("firstReviewer"), { ...source, id: newId() })).id);
  }
  const ratings = new Map(article.ratings.map((rating) => [rating.label, rating.id]));
  const { text } = CanonicalText.of(parseDocument(articleSchema, demoDocument));

  for (const plan of demoClaims) {
    const holder = actor(plan.holder === "second" ? "secondReviewer" : "firstReviewer");
    const editor = actor("editor");
    const anchors = plan.quotes.map((quote) => {
      const start = text.indexOf(quote);
      if (start < 0) throw new Error(`The demo's article does not say: ${quote}`);
      return { id: newId(), start, end: start + quote.length, exact: quote };
    });
    let claim = await createClaim(holder, article.id, {
      id: newId(),
      revisionId: article.revision.id,
      anchors,
      statement: plan.statement,
    });
    const move = async (who: Actor, transition: ClaimTransition) => {
      claim = await moveClaim(who, claim.id, claim.version, transition);
    };

    if (plan.holder) await move(holder, { event: "take" });
    claim = await writeVerdict(holder, claim, plan, ratings.get(plan.verdict ?? "") ?? null);
    for (const { source, stance, locator = "", excerpt = "", shows } of plan.evidence ?? []) {
      const sourceId = sourceIds.get(source) ?? "";
      claim = await createEvidence(holder, claim.id, { id: newId(), sourceId, stance, locator, excerpt, shows });
    }
    if (plan.wording) claim = await suggestWording(holder, editor, claim, plan.wording);
    if (plan.reaches === "needs_info")
      await move(holder, { event: "ask", query: { id: newId(), question: plan.question ?? "" } });
    if (plan.reaches === "set_aside") await move(editor, { event: "set_aside", reason: "opinion" });
    if (["in_review", "returned", "approved", "stale"].includes(plan.reaches)) await move(holder, { event: "submit" });
    if (plan.reaches === "returned") await move(editor, { event: "return", reason: plan.reason ?? "" });
    if (plan.reaches === "approved" || plan.reaches === "stale") await move(editor, { event: "approve" });
  }

  const wordsOf = ({ start, end }: TextRange) => text.slice(start, end);
  const sentences = new Map(ledgerSentences(text, demoArticle.language).map((range) => [wordsOf(range), range]));
  for (const kind of markKinds) {
    const marked = demoMarks[kind].map((exact) => {
      const range = sentences.get(exact);
      if (!range) throw new Error(`No sentence of the demo's article is: ${exact}`);
      return { ...range, exact, was: null, kind };
    });
    await markSentences(actor("secondReviewer"), article.id, { revisionId: article.revision.id, sentences: marked });
  }

  const publication = { id: newId(), note: null };
  await createPublication(actor("editor"), article.id, publication);
  const sharing = await createShareLink(actor("editor"), article.id, { id: newId(), label: "Demo", expiresAt: null });
  await makeStale(article.id);
  return { shareUrl: sharing.links[0]?.url ?? "" };
}

async function writeVerdict(
  holder: Actor,
  claim: ClaimView,
  plan: (typeof demoClaims)[number],
  ratingId: string | null,
): Promise<ClaimView> {
  const patch = {
    ...(plan.claimant && { claimant: plan.claimant }),
    ...(plan.confidence && { confidence: plan.confidence }),
    ...(ratingId && { ratingId }),
    ...(plan.rationale && { rationale: oneParagraph(plan.rationale) }),
    ...(plan.reaches === "in_check" && { dueOn: inDays(1) }),
  };
  return Object.keys(patch).length > 0 ? updateClaim(holder, claim.id, claim.version, patch) : claim;
}

async function suggestWording(
  holder: Actor,
  editor: Actor,
  claim: ClaimView,
  { words, note, accepted }: NonNullable<(typeof demoClaims)[number]["wording"]>,
): Promise<ClaimView> {
  const proposed = await updateClaim(holder, claim.id, claim.version, { wording: words, wordingNote: note });
  return accepted ? decideWording(editor, proposed.id, proposed.version, { state: "accepted" }) : proposed;
}

const oneParagraph = (words: string): RichText => ({
  type: "doc",
  content: [{ type: "paragraph", content: [{ type: "text", text: words }] }],
});

/** What happened after the publication: an approved claim was made more exact, so its approval no longer holds. */
async function makeStale(articleId: string): Promise<void> {
  const plan = demoClaims.find((claim) => claim.reaches === "stale");
  const row = await database().claim.findFirstOrThrow({
    where: { articleId, statement: plan?.statement ?? "" },
    select: { id: true, version: true },
  });
  await updateClaim(actor("secondReviewer"), row.id, row.version, {
    statement:
      "On 22 October 2025 the United States sanctioned Rosneft and Lukoil, Russia’s two largest oil companies, the first such step of the president’s second term.",
  });
}
