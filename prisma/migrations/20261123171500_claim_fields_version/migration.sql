-- The version of a claim at which its own fields last changed: a change of fields made before that is a conflict, one made
-- before somebody added evidence is not.
ALTER TABLE "claim" ADD COLUMN "fields_version" INTEGER NOT NULL DEFAULT 1;
UPDATE "claim" SET "fields_version" = "version";
ALTER TABLE "claim" ADD CONSTRAINT claim_fields_version_was CHECK (fields_version BETWEEN 1 AND version);
