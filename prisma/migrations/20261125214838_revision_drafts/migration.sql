-- CreateEnum
CREATE TYPE "AnchorDecisionKind" AS ENUM ('confirm', 'attach', 'set_aside');

-- AlterEnum
ALTER TYPE "RevisionOrigin" ADD VALUE 'edit';

-- AlterTable
ALTER TABLE "anchor" ADD COLUMN     "from_id" UUID;

-- CreateTable
CREATE TABLE "revision_draft" (
    "id" UUID NOT NULL,
    "article_id" UUID NOT NULL,
    "base_id" UUID NOT NULL,
    "document" JSONB NOT NULL,
    "text" TEXT NOT NULL,
    "sha256" TEXT NOT NULL,
    "origin" "RevisionOrigin" NOT NULL,
    "origin_name" TEXT,
    "created_by_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "revision_id" UUID,
    "claims_before" JSONB NOT NULL DEFAULT '[]',
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "revision_draft_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "anchor_decision" (
    "draft_id" UUID NOT NULL,
    "anchor_id" UUID NOT NULL,
    "kind" "AnchorDecisionKind" NOT NULL,
    "start" INTEGER,
    "end" INTEGER,
    "decided_by_id" UUID NOT NULL,
    "decided_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "anchor_decision_pkey" PRIMARY KEY ("draft_id","anchor_id")
);

-- CreateIndex
CREATE UNIQUE INDEX "revision_draft_revision_id_unique" ON "revision_draft"("revision_id");

-- CreateIndex
CREATE INDEX "revision_draft_article_id_idx" ON "revision_draft"("article_id");

-- CreateIndex
CREATE INDEX "revision_draft_base_id_idx" ON "revision_draft"("base_id");

-- CreateIndex
CREATE INDEX "revision_draft_created_by_id_idx" ON "revision_draft"("created_by_id");

-- CreateIndex
CREATE INDEX "anchor_decision_anchor_id_idx" ON "anchor_decision"("anchor_id");

-- CreateIndex
CREATE INDEX "anchor_decision_decided_by_id_idx" ON "anchor_decision"("decided_by_id");

-- CreateIndex
CREATE INDEX "anchor_from_id_idx" ON "anchor"("from_id");

-- AddForeignKey
ALTER TABLE "revision_draft" ADD CONSTRAINT "revision_draft_article_id_fkey" FOREIGN KEY ("article_id") REFERENCES "article"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "revision_draft" ADD CONSTRAINT "revision_draft_base_id_fkey" FOREIGN KEY ("base_id") REFERENCES "revision"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "revision_draft" ADD CONSTRAINT "revision_draft_revision_id_fkey" FOREIGN KEY ("revision_id") REFERENCES "revision"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "revision_draft" ADD CONSTRAINT "revision_draft_created_by_id_fkey" FOREIGN KEY ("created_by_id") REFERENCES "user"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "anchor_decision" ADD CONSTRAINT "anchor_decision_draft_id_fkey" FOREIGN KEY ("draft_id") REFERENCES "revision_draft"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "anchor_decision" ADD CONSTRAINT "anchor_decision_anchor_id_fkey" FOREIGN KEY ("anchor_id") REFERENCES "anchor"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "anchor_decision" ADD CONSTRAINT "anchor_decision_decided_by_id_fkey" FOREIGN KEY ("decided_by_id") REFERENCES "user"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "anchor" ADD CONSTRAINT "anchor_from_id_fkey" FOREIGN KEY ("from_id") REFERENCES "anchor"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- By hand: a revision never changes; only the newest one goes away, when `undoRevision` names it.
DROP TRIGGER revision_is_frozen ON revision;
CREATE TRIGGER revision_is_frozen BEFORE UPDATE ON revision FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER revision_stays BEFORE DELETE ON revision FOR EACH ROW
  WHEN (current_setting('claimdesk.taken_back', true) IS DISTINCT FROM OLD.id::text)
  EXECUTE FUNCTION refuse_change();
ALTER TABLE anchor_decision ADD CONSTRAINT anchor_decision_names_words
  CHECK ((kind = 'attach') = (start IS NOT NULL AND "end" IS NOT NULL AND start >= 0 AND "end" > start));
