-- AlterTable
ALTER TABLE "revision_draft" ADD COLUMN     "kept" JSONB;
