-- AlterTable
ALTER TABLE "claim" ADD COLUMN     "annotation_key" TEXT;
