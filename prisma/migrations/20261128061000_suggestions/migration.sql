-- CreateEnum
CREATE TYPE "SuggestionState" AS ENUM ('proposed', 'accepted', 'declined');

-- CreateEnum
CREATE TYPE "WordingOutcome" AS ENUM ('applied', 'partly', 'ignored', 'gone');

-- CreateTable
CREATE TABLE "suggestion" (
    "id" UUID NOT NULL,
    "claim_id" UUID NOT NULL,
    "anchor_id" UUID,
    "wording" TEXT NOT NULL,
    "note" TEXT NOT NULL DEFAULT '',
    "state" "SuggestionState" NOT NULL DEFAULT 'proposed',
    "proposed_by_id" UUID NOT NULL,
    "proposed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "decided_by_id" UUID,
    "decided_at" TIMESTAMPTZ(3),
    "claim_version" INTEGER NOT NULL,

    CONSTRAINT "suggestion_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "suggestion_outcome" (
    "suggestion_id" UUID NOT NULL,
    "revision_id" UUID NOT NULL,
    "outcome" "WordingOutcome" NOT NULL,
    "before" TEXT NOT NULL,
    "after" TEXT,

    CONSTRAINT "suggestion_outcome_pkey" PRIMARY KEY ("suggestion_id","revision_id")
);

-- CreateIndex
CREATE INDEX "suggestion_claim_id_id_idx" ON "suggestion"("claim_id", "id");

-- CreateIndex
CREATE INDEX "suggestion_anchor_id_idx" ON "suggestion"("anchor_id");

-- CreateIndex
CREATE INDEX "suggestion_proposed_by_id_idx" ON "suggestion"("proposed_by_id");

-- CreateIndex
CREATE INDEX "suggestion_decided_by_id_idx" ON "suggestion"("decided_by_id");

-- CreateIndex
CREATE INDEX "suggestion_outcome_revision_id_idx" ON "suggestion_outcome"("revision_id");

-- AddForeignKey
ALTER TABLE "suggestion" ADD CONSTRAINT "suggestion_claim_id_fkey" FOREIGN KEY ("claim_id") REFERENCES "claim"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "suggestion" ADD CONSTRAINT "suggestion_anchor_id_fkey" FOREIGN KEY ("anchor_id") REFERENCES "anchor"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "suggestion" ADD CONSTRAINT "suggestion_proposed_by_id_fkey" FOREIGN KEY ("proposed_by_id") REFERENCES "user"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "suggestion" ADD CONSTRAINT "suggestion_decided_by_id_fkey" FOREIGN KEY ("decided_by_id") REFERENCES "user"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "suggestion_outcome" ADD CONSTRAINT "suggestion_outcome_suggestion_id_fkey" FOREIGN KEY ("suggestion_id") REFERENCES "suggestion"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "suggestion_outcome" ADD CONSTRAINT "suggestion_outcome_revision_id_fkey" FOREIGN KEY ("revision_id") REFERENCES "revision"("id") ON DELETE CASCADE ON UPDATE CASCADE;
