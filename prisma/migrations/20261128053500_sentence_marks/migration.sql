-- CreateEnum
CREATE TYPE "SentenceMarkKind" AS ENUM ('opinion', 'transition', 'no_fact');

-- CreateTable
CREATE TABLE "sentence_mark" (
    "revision_id" UUID NOT NULL,
    "start" INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    "kind" "SentenceMarkKind" NOT NULL,
    "marked_by_id" UUID NOT NULL,
    "marked_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "sentence_mark_pkey" PRIMARY KEY ("revision_id","start")
);

-- CreateIndex
CREATE INDEX "sentence_mark_marked_by_id_idx" ON "sentence_mark"("marked_by_id");

-- AddForeignKey
ALTER TABLE "sentence_mark" ADD CONSTRAINT "sentence_mark_revision_id_fkey" FOREIGN KEY ("revision_id") REFERENCES "revision"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "sentence_mark" ADD CONSTRAINT "sentence_mark_marked_by_id_fkey" FOREIGN KEY ("marked_by_id") REFERENCES "user"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- By hand
ALTER TABLE sentence_mark ADD CONSTRAINT sentence_mark_range CHECK (start >= 0 AND "end" > start);
